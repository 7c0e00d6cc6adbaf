package io.jenkins.plugins.airworthy.jenkins.config.key;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.RecordedTests;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the record says of one image is found at once, also in a long record, and nothing is found in a damaged one. */
class SignatureIndexTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final String FINGERPRINT = "ab".repeat(32);

    @TempDir
    Path home;

    private Path file() {
        return home.resolve("signatures.jsonl");
    }

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SignatureLog.Entry entry(String image, String payload) {
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
        SignatureLog log = new SignatureLog(file());
        log.append(entry("one", "a"));
        log.append(entry("two", "b"));
        log.append(entry("one", "c"));
        assertThat(log.about(digest("one"))).containsExactly(entry("one", "a"), entry("one", "c"));
        assertThat(log.about(new Digest("0".repeat(64)))).isEmpty();
        new SignatureLog(file()).append(entry("one", "d"));
        assertThat(log.about(digest("one"))).hasSize(3);
        assertThat(new SignatureLog(file()).about(digest("one"))).hasSize(3);
    }

    @Test
    void whatWasPrunedOnPurposeIsNotMissedUntilItIsSignedAgain() throws Exception {
        SignatureLog log = new SignatureLog(file());
        log.append(entry("one", "a"));
        log.append(entry("one", "b"));
        log.pruned(pruned("one", "a"));
        log.pruned(pruned("two", "b"));
        assertThat(log.about(digest("one"))).containsExactly(entry("one", "b"));
        assertThat(log.holds(digest("one"), digest("a"), FINGERPRINT, NOON.plusSeconds(1)))
                .as("that it was signed is true all the same")
                .isTrue();
        assertThat(log.last(10)).hasSize(2);
        log.append(entry("one", "a"));
        assertThat(new SignatureLog(file()).about(digest("one"))).containsExactly(entry("one", "b"), entry("one", "a"));
    }

    @Test
    void aRecordThatWasCutDecidesNothing() throws Exception {
        SignatureLog log = new SignatureLog(file());
        log.append(entry("one", "a"));
        byte[] before = Files.readAllBytes(file());
        log.append(entry("one", "failed"));
        assertThat(log.about(digest("one"))).hasSize(2);
        Files.write(file(), before);
        assertUndecided(log, "bytes, and had");
        Files.delete(file());
        assertUndecided(log, "signatures.jsonl");
    }

    @Test
    void aLineThatWasChangedWhileJenkinsRanDecidesNothing() throws Exception {
        SignatureLog log = new SignatureLog(file());
        log.append(entry("one", "a"));
        assertThat(log.about(digest("one"))).hasSize(1);
        Files.writeString(file(), Files.readString(file()).replace("FAILED", "PASSED"));
        assertUndecided(log, "was changed");
    }

    @Test
    void aRecordThatCannotBeReadDecidesNothing() throws Exception {
        Files.createDirectory(file());
        assertUndecided(new SignatureLog(file()), "could not be read");
    }

    @Test
    void foreignLinesHideNoOtherLine() throws Exception {
        SignatureLog log = new SignatureLog(file());
        log.append(entry("one", "a"));
        Files.writeString(
                file(),
                "not json\n{\"digest\":\"sha256:" + digest("one").hex() + "\"\n" + "x".repeat(600_000) + "\n"
                        + "\n\n{\"digest\": 1",
                StandardOpenOption.APPEND);
        assertThat(log.about(digest("one"))).hasSize(1);
        log.append(entry("one", "b"));
        assertThat(log.about(digest("one"))).hasSize(2);
        assertThat(new SignatureLog(file()).about(digest("one"))).hasSize(2);
    }

    @Test
    void findsALineInAHundredThousandWithinMilliseconds() throws Exception {
        int lines = Integer.getInteger("airworthy.record.lines", 100_000);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file()))) {
            for (int i = 0; i < lines; i++) {
                out.write(SignatureLine.write(entry("image " + i / 4, "statement " + i)));
            }
        }
        SignatureLog log = new SignatureLog(file());
        assertThat(log.about(digest("image 7"))).hasSize(4);
        long begin = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(log.about(digest("image " + i * (lines / 500)))).hasSize(4);
        }
        Duration hundred = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(hundred).isLessThan(Duration.ofSeconds(10));
    }

    private void assertUndecided(SignatureLog log, String why) {
        assertThatThrownBy(() -> log.about(digest("one")))
                .isInstanceOf(UndecidedException.class)
                .isInstanceOf(AirworthyException.class)
                .hasMessageContaining(why);
        assertThatThrownBy(() -> log.holds(digest("one"), digest("a"), FINGERPRINT, NOON))
                .isInstanceOf(UndecidedException.class);
    }
}
