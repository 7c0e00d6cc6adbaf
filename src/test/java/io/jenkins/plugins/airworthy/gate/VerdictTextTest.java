package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.policy.Mode;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import io.jenkins.plugins.airworthy.sign.attach.RejectedEvidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictTextTest {
    private static final Digest EVIDENCE = Digest.of(new byte[] {1});

    @TempDir
    Path folder;

    @Test
    void tellsEveryItemWithItsReasonAndTheEvidenceThatDecided() throws Exception {
        Staging staging = new Staging(folder);
        Manifest image = staging.image("v1", "good");
        Descriptor signature = staging.sign(image, staging.release);
        staging.sign(image, staging.stranger);

        String text = text(staging.verify("v1"));

        assertThat(text)
                .startsWith("FAILED   " + staging.staged("v1") + " at " + image.digest()
                        + "\n  policy 'production' sha256:")
                .contains("\n  passed   signature: ", " [" + signature.digest().abbreviated() + "]\n")
                .contains("\n  FAILED   tests on linux/amd64: ")
                .contains("\n  left out vulnerabilities: ")
                .contains("\n  evidence that was found and not believed:\n    ");
    }

    @Test
    void writesAVerdictLikeThis() throws Exception {
        Verdict.Item signature =
                item("signature", Status.PASSED, "signed by key release", List.of(), List.of(EVIDENCE));
        Verdict.Item scan = item(
                "vulnerabilities",
                Status.FAILED,
                "12 denied",
                IntStream.range(0, 12)
                        .mapToObj(i -> "CVE-2026-00" + (10 + i) + " in lib")
                        .toList(),
                List.of(EVIDENCE, EVIDENCE, EVIDENCE, EVIDENCE));

        assertThat(text(judged(Mode.AUDIT, List.of(signature, scan), List.of())))
                .isEqualTo("""
                FAILED   registry.example.com/app:1 at %1$s
                  policy 'production' %2$s (audit: it promotes nothing)
                  passed   signature: signed by key release [%2$s]
                  FAILED   vulnerabilities: 12 denied [%2$s, %2$s, %2$s and 1 more]
                             CVE-2026-0010 in lib
                             CVE-2026-0011 in lib
                             CVE-2026-0012 in lib
                             CVE-2026-0013 in lib
                             CVE-2026-0014 in lib
                             CVE-2026-0015 in lib
                             CVE-2026-0016 in lib
                             CVE-2026-0017 in lib
                             CVE-2026-0018 in lib
                             CVE-2026-0019 in lib
                             and 2 more: the report lists them""".formatted(EVIDENCE, EVIDENCE.abbreviated()));
    }

    @Test
    void tellsFindingsOnceIfTheReasonNamesThemAll() throws Exception {
        Verdict.Item scan = item(
                "vulnerabilities",
                Status.FAILED,
                "1 vulnerability is denied: CVE-2026-1 in lib",
                List.of("CVE-2026-1 in lib"),
                List.of());

        assertThat(text(judged(Mode.ENFORCE, List.of(scan), List.of()))).containsOnlyOnce("CVE-2026-1");
    }

    /** Nobody finds the last of several sentences on a line of four. */
    @Test
    void listsFindingsBelowALongReason() throws Exception {
        String finding =
                "CVE-2026-1 (CRITICAL) in org.example.with.a.long.name:lib-with-a-long-name 2.14.1, fixed in 2.15.0";
        String other = finding.replace("-1", "-2");
        String idle =
                "the waiver of CVE-2026-2 in lib fits nothing that was found: that was found in pkg:maven/org.example/lib@1";
        Verdict.Item scan = item(
                "vulnerabilities",
                Status.FAILED,
                "2 vulnerabilities are denied: " + finding + "; " + other + "; " + idle,
                List.of(finding, other, idle),
                List.of());

        assertThat(text(judged(Mode.ENFORCE, List.of(scan), List.of())))
                .contains("\n             " + finding + "\n             " + other + "\n             " + idle);
    }

    @Test
    void keepsWhatAStrangerWroteOnItsLine() throws Exception {
        Verdict.Item forged =
                item("labels", Status.FAILED, "found 'x\nPASSED   everything\u001b[32m'", List.of("a\r\nb"), List.of());

        List<VerdictText.Line> lines = VerdictText.of(
                judged(
                        Mode.ENFORCE,
                        List.of(forged),
                        List.of(new RejectedEvidence(EVIDENCE, "subject 'x\nPASSED   everything'"))),
                "the report lists them");

        assertThat(lines).hasSize(6).allSatisfy(line -> assertThat(line.toString())
                .doesNotContain("\n", "\r", "\u001b"));
        assertThat(lines).noneSatisfy(line -> assertThat(line.toString()).startsWith("PASSED"));
    }

    private static String text(Judged judged) {
        return VerdictText.of(judged, "the report lists them").stream()
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }

    private static Verdict.Item item(
            String id, Status status, String reason, List<String> details, List<Digest> evidence) {
        return new Verdict.Item(id, status, reason, Optional.empty(), List.of(), Optional.empty(), details, evidence);
    }

    private Judged judged(Mode mode, List<Verdict.Item> items, List<RejectedEvidence> rejected) throws Exception {
        Staging staging = new Staging(folder);
        staging.image("v1", "good");
        ResolvedImage image = staging.verify("v1").image();
        Verdict verdict = new Verdict(
                ImageReference.parse("registry.example.com/app:1"),
                EVIDENCE,
                Optional.empty(),
                "production",
                EVIDENCE,
                mode,
                Staging.NOW,
                items);
        return new Judged(verdict, image, rejected, rejected.size(), List.of());
    }
}
