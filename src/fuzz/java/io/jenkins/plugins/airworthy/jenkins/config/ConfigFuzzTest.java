package io.jenkins.plugins.airworthy.jenkins.config;

import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.RecordedTests;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.key.JsonLines;
import io.jenkins.plugins.airworthy.jenkins.config.key.SignatureLine;
import io.jenkins.plugins.airworthy.jenkins.config.key.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.scope.ImageScope;
import io.jenkins.plugins.airworthy.jenkins.config.scope.JobScope;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** Lines of the record of signatures, and what administrators write. */
public final class ConfigFuzzTest {
    private static final SignatureLog.Entry ENTRY = new SignatureLog.Entry(
            Instant.parse("2026-11-20T12:00:00Z"),
            "team/shop #7",
            Digest.of(new byte[] {1}),
            Digest.of(new byte[] {2}),
            "https://slsa.dev/provenance/v1",
            "release",
            "ab".repeat(32));

    private static final SignatureLog.Entry TESTS = new SignatureLog.Entry(
            ENTRY.time(),
            ENTRY.run(),
            ENTRY.digest(),
            ENTRY.payload(),
            "https://in-toto.io/attestation/test-result/v0.1",
            ENTRY.keyName(),
            ENTRY.keyFingerprint(),
            new SignatureLog.Details(
                    true,
                    Optional.of("registry.example.com/staging/shop"),
                    Optional.of(new Observation(Observer.TRUSTED_AGENT, ENTRY.time())),
                    Optional.of(new RecordedTests("junit", TestResult.Outcome.FAILED, 3))));

    private static final SignatureLog.Pruned PRUNED =
            new SignatureLog.Pruned(ENTRY.time(), ENTRY.digest(), ENTRY.payload(), "alice", "older than a year");

    @TestFactory
    Stream<DynamicTest> everyLineIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("signature-line", Form.JSON, ConfigFuzzTest::readLine)
                        .names("")
                        .seeds(List.of(
                                SignatureLine.write(ENTRY), SignatureLine.write(TESTS), SignatureLine.write(PRUNED)))
                        .words(
                                "\n",
                                "schemaVersion",
                                "time",
                                "run",
                                "payload",
                                "fingerprint",
                                "pruned",
                                "keyless",
                                "seen",
                                "tests",
                                "failed",
                                "+999999999-12-31T23:59:59Z"),
                Target.ofText("job-scope", text -> {
                            JobScope scope = JobScope.of(List.of(text.split("\n", -1)), Target.SOURCE);
                            hold(!scope.covers("other/job") || text.contains("other"), "covers another job");
                            hold(scope.covers(scope.names().get(0)), "does not cover what it names");
                        })
                        .seeds("team/shop", "a\nb/c")
                        .words("/", "//", "*", "\n", "..", " "),
                Target.ofText("image-scope", text -> {
                            ImageScope scope = ImageScope.of(List.of(text.split("\n", -1)), Target.SOURCE);
                            boolean other = scope.covers(ImageReference.parse("other.example.com/team/shop:1"));
                            hold(!other || text.contains("other"), "covers another host");
                        })
                        .names(Target.SOURCE + "|'|a pattern")
                        .seeds("registry.example.com/team/**", "registry.example.com/a/*\nlocalhost:5000/b")
                        .words("*", "**", "{x}", "/", "\n"));
    }

    private static void readLine(byte[] input) throws Exception {
        ByteArrayInputStream in = new ByteArrayInputStream(input);
        Optional<byte[]> line = JsonLines.next(in, SignatureLine.MAX_BYTES);
        while (line.isPresent()) {
            Optional<SignatureLog.Line> read = SignatureLine.parse(line.get());
            if (read.isPresent()) {
                byte[] written = SignatureLine.write(read.get());
                Optional<byte[]> again = JsonLines.next(new ByteArrayInputStream(written), SignatureLine.MAX_BYTES);
                hold(
                        written.length > SignatureLine.MAX_BYTES
                                || SignatureLine.parse(again.orElseThrow()).equals(read),
                        "another line when it is read again");
            }
            line = JsonLines.next(in, SignatureLine.MAX_BYTES);
        }
    }
}
