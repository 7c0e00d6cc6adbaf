package io.jenkins.plugins.airworthy.jenkins.ui.run;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.TestLedger;
import io.jenkins.plugins.airworthy.ledger.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an administrator declares not to count, by name, once and with a reason. */
class ForgettingTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Digest IMAGE = Digest.of(new byte[] {1});
    private static final Digest FAILED = Digest.of(new byte[] {2});

    @TempDir
    Path folder;

    private SignatureLog log() throws Exception {
        SignatureLog log = new SignatureLog(TestLedger.in(folder));
        log.append(new SignatureLog.Entry(
                NOON,
                "team/shop#7",
                IMAGE,
                FAILED,
                "https://in-toto.io/attestation/test-result/v0.1",
                "release",
                "ab".repeat(32)));
        return log;
    }

    @Test
    void theRecordKeepsWhoForgotAndWhy() throws Exception {
        SignatureLog log = log();
        Forgetting.of(" " + IMAGE, FAILED + " ", "the test was wrong").writeTo(log, "alice", NOON);
        assertThat(log.about(IMAGE)).isEmpty();
        Entry pruned = TestLedger.in(folder).open().last(1).get(0).entry();
        assertThat(TestLedger.in(folder).open().texts().read(Digest.member(pruned.members(), "reason")))
                .contains("{\"by\":\"alice\",\"reason\":\"the test was wrong\"}");
        assertThatThrownBy(() -> Forgetting.of(IMAGE.toString(), FAILED.toString(), "again")
                        .writeTo(log, "alice", NOON))
                .hasMessageContaining("or it is forgotten already");
    }

    @Test
    void refusesAStatementThatIsNotInTheRecord() throws Exception {
        SignatureLog log = log();
        assertThatThrownBy(() -> Forgetting.of(FAILED.toString(), FAILED.toString(), "reason")
                        .writeTo(log, "alice", NOON))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("did not sign a statement");
        assertThatThrownBy(() -> Forgetting.of("all", FAILED.toString(), "reason"))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesToForgetWithoutAReason() {
        for (String reason : new String[] {"", "  ", "x".repeat(1_001)}) {
            assertThatThrownBy(() -> Forgetting.of(IMAGE.toString(), FAILED.toString(), reason))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("a reason of 1 to");
        }
    }
}
