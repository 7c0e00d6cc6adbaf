package io.jenkins.plugins.airworthy.jenkins.config.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.RecordedTests;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What was signed is written down, whatever happens to the controller. */
class SignatureLogTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final String FINGERPRINT = "ab".repeat(32);

    @TempDir
    Path home;

    private SignatureLog log;

    @BeforeEach
    void open() {
        log = new SignatureLog(TestLedger.in(home));
    }

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SignatureLog.Entry entry(String payload, Instant time) {
        return new SignatureLog.Entry(
                time,
                "team/shop #7",
                digest("image"),
                digest(payload),
                PredicateTypes.PROVENANCE,
                "release",
                FINGERPRINT);
    }

    @Test
    void showsTheNewestFirst() throws Exception {
        for (int i = 0; i < 5; i++) {
            log.append(entry("statement " + i, NOON.plusSeconds(i)));
        }
        TestLedger.in(home).close();
        log = new SignatureLog(TestLedger.fresh(home));
        assertThat(log.last(2))
                .containsExactly(entry("statement 4", NOON.plusSeconds(4)), entry("statement 3", NOON.plusSeconds(3)));
        assertThat(log.last(100)).hasSize(5);
    }

    @Test
    void knowsNothingBeforeTheFirstSignature() throws Exception {
        assertThat(log.last(10)).isEmpty();
        assertThat(log.about(digest("image"))).isEmpty();
        assertThat(log.holds(digest("image"), digest("statement"), FINGERPRINT, NOON))
                .isFalse();
    }

    @Test
    void anEntryHasIdsInPlaceOfNames() throws Exception {
        log.append(entry("statement", NOON));
        ObjectNode json = TestLedger.in(home).open().last(1).get(0).entry().json();
        assertThat(json.path("run").textValue()).matches("[0-9a-f]{32}#7");
        assertThat(json.path("key").textValue()).matches("[0-9a-f]{32}");
        json.remove(List.of("run", "key"));
        assertThat(json)
                .hasToString(
                        "{\"schemaVersion\":1,\"time\":\"2026-05-01T12:00:00Z\",\"kind\":\"signature\",\"digest\":\""
                                + digest("image") + "\",\"payload\":\"" + digest("statement")
                                + "\",\"predicateType\":\"https://slsa.dev/provenance/v1\",\"fingerprint\":\""
                                + FINGERPRINT + "\"}");
    }

    @Test
    void aRevokedKeyKeepsOnlyWhatItSignedBeforeTheDate() throws Exception {
        log.append(entry("before", NOON.minusSeconds(1)));
        log.append(entry("at", NOON));
        log.append(entry("after", NOON.plusSeconds(1)));
        assertThat(holds("image", "before", FINGERPRINT)).isTrue();
        assertThat(holds("image", "at", FINGERPRINT)).isFalse();
        assertThat(holds("image", "after", FINGERPRINT)).isFalse();
        assertThat(holds("another image", "before", FINGERPRINT)).isFalse();
        assertThat(holds("image", "before", "cd".repeat(32))).isFalse();
    }

    private boolean holds(String image, String payload, String fingerprint) throws Exception {
        return log.holds(digest(image), digest(payload), fingerprint, NOON);
    }

    @Test
    void aRevocationWithoutADateKeepsNothing() throws Exception {
        log.append(entry("before", NOON));
        assertThat(log.holds(digest("image"), digest("before"), FINGERPRINT, Instant.MIN))
                .isFalse();
    }

    @Test
    void refusesWhatCouldNotBeReadAgain() throws Exception {
        SignatureLog.Entry large = new SignatureLog.Entry(
                NOON,
                "job #1",
                digest("image"),
                digest("payload"),
                "https://example.com/" + "x".repeat(SignatureLog.MAX_BYTES),
                "release",
                FINGERPRINT);
        assertThatThrownBy(() -> log.append(large)).isInstanceOf(InvalidInputException.class);
        assertThat(log.last(10)).isEmpty();
    }

    @Test
    void saysThatASignatureIsNotUsedWhenItCannotBeRecorded() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "a file where the folder should be");
        log = new SignatureLog(TestLedger.in(file));
        assertThatThrownBy(() -> log.append(entry("statement", NOON)))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("could not be opened");
    }

    @Test
    void losesNoneOfManySignaturesMadeAtOnce() throws Exception {
        ExecutorService signers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                SignatureLog.Entry entry = entry("statement " + i, NOON);
                work.add(() -> {
                    log.append(entry);
                    return null;
                });
            }
            for (Future<Void> done : signers.invokeAll(work)) {
                done.get();
            }
        } finally {
            signers.shutdownNow();
        }
        assertThat(log.last(100)).hasSize(64).doesNotHaveDuplicates();
    }

    private static SignatureLog.Entry about(String image, String payload) {
        return new SignatureLog.Entry(
                NOON,
                "team/\"digest\":\"sha256:" + "0".repeat(64) + "\" #7",
                digest(image),
                digest(payload),
                PredicateTypes.TEST_RESULT,
                "release",
                FINGERPRINT,
                new SignatureLog.Details(
                        false,
                        Optional.of("registry.example.com/staging/shop"),
                        Optional.of(new Observation(Observer.BUILD_AGENT, NOON)),
                        Optional.of(new RecordedTests("junit", TestResult.Outcome.FAILED, 2))));
    }

    private static SignatureLog.Pruned pruned(String image, String payload) {
        return new SignatureLog.Pruned(NOON, digest(image), digest(payload), "alice", "older than a year");
    }

    @Test
    void findsWhatWasSignedAboutAnImageAndNothingElse() throws Exception {
        log.append(about("one", "a"));
        log.append(about("two", "b"));
        log.append(about("one", "c"));
        assertThat(log.about(digest("one"))).containsExactly(about("one", "a"), about("one", "c"));
        assertThat(log.about(new Digest("0".repeat(64)))).isEmpty();
    }

    @Test
    void whatWasPrunedOnPurposeIsNotMissedUntilItIsSignedAgain() throws Exception {
        log.append(about("one", "a"));
        log.append(about("one", "b"));
        log.pruned(pruned("one", "a"));
        log.pruned(pruned("two", "b"));
        assertThat(log.about(digest("one"))).containsExactly(about("one", "b"));
        assertThat(log.holds(digest("one"), digest("a"), FINGERPRINT, NOON.plusSeconds(1)))
                .as("that it was signed is true all the same")
                .isTrue();
        assertThat(log.last(10)).hasSize(2);
        log.append(about("one", "a"));
        assertThat(log.about(digest("one"))).containsExactly(about("one", "b"), about("one", "a"));
    }
}
