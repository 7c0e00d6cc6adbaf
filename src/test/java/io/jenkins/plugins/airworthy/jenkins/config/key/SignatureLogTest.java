package io.jenkins.plugins.airworthy.jenkins.config.key;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    private Path file;
    private SignatureLog log;

    @BeforeEach
    void open() {
        file = home.resolve("airworthy").resolve("signatures.jsonl");
        log = new SignatureLog(file);
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
        assertThat(new SignatureLog(file).last(2))
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
    void aLineIsReadableByOtherPrograms() throws Exception {
        log.append(entry("statement", NOON));
        assertThat(Files.readString(file))
                .isEqualTo(
                        "{\"schemaVersion\":1,\"time\":\"2026-05-01T12:00:00Z\",\"run\":\"team/shop #7\",\"digest\":\""
                                + digest("image") + "\",\"payload\":\"" + digest("statement")
                                + "\",\"predicateType\":\"https://slsa.dev/provenance/v1\",\"key\":\"release\",\"fingerprint\":\""
                                + FINGERPRINT + "\"}\n");
    }

    @Test
    void aRevokedKeyKeepsOnlyWhatItSignedBeforeTheDate() throws Exception {
        log.append(entry("before", NOON.minusSeconds(1)));
        log.append(entry("at", NOON));
        log.append(entry("after", NOON.plusSeconds(1)));
        RecordedSignatures recorded = new RecordedSignatures(log, NOON, FINGERPRINT);
        assertThat(recorded.holds(digest("image"), digest("before"))).isTrue();
        assertThat(recorded.holds(digest("image"), digest("at"))).isFalse();
        assertThat(recorded.holds(digest("image"), digest("after"))).isFalse();
        assertThat(recorded.holds(digest("another image"), digest("before"))).isFalse();
        assertThat(new RecordedSignatures(log, NOON, "cd".repeat(32)).holds(digest("image"), digest("before")))
                .isFalse();
    }

    @Test
    void aRevocationWithoutADateKeepsNothing() throws Exception {
        log.append(entry("before", NOON));
        assertThat(new RecordedSignatures(log, Instant.MIN, FINGERPRINT).holds(digest("image"), digest("before")))
                .isFalse();
    }

    @Test
    void aLineThatACrashCutShortSpoilsNoOther() throws Exception {
        log.append(entry("first", NOON));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2), StandardOpenOption.APPEND);
        assertThat(log.last(10)).hasSize(1);
        log.append(entry("second", NOON));
        assertThat(log.last(10)).containsExactly(entry("second", NOON), entry("first", NOON));
    }

    @Test
    void foreignLinesProveNothing() throws Exception {
        log.append(entry("first", NOON));
        Files.writeString(
                file,
                "not json\n{\"schemaVersion\":2}\n{\"time\":1}\n\n" + "x".repeat(3 * SignatureLine.MAX_BYTES) + "\n",
                StandardOpenOption.APPEND);
        log.append(entry("second", NOON));
        assertThat(log.last(10)).containsExactly(entry("second", NOON), entry("first", NOON));
    }

    @Test
    void refusesWhatCouldNotBeReadAgain() {
        SignatureLog.Entry large = new SignatureLog.Entry(
                NOON,
                "job #1",
                digest("image"),
                digest("payload"),
                "https://example.com/" + "x".repeat(SignatureLine.MAX_BYTES),
                "release",
                FINGERPRINT);
        assertThatThrownBy(() -> log.append(large)).isInstanceOf(InvalidInputException.class);
        assertThat(file).doesNotExist();
    }

    @Test
    void saysThatASignatureIsNotUsedWhenItCannotBeRecorded() throws Exception {
        Files.writeString(home.resolve("airworthy"), "a file where the folder should be");
        assertThatThrownBy(() -> log.append(entry("statement", NOON)))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("could not be recorded");
    }

    @Test
    void losesNoneOfManySignaturesMadeAtOnce() throws Exception {
        ExecutorService signers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                SignatureLog.Entry entry = entry("statement " + i, NOON);
                work.add(() -> {
                    new SignatureLog(file).append(entry);
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
}
