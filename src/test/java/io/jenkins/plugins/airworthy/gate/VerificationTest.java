package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.TestResult.Outcome;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VerificationTest {
    @TempDir
    Path folder;

    private Staging staging;

    @BeforeEach
    void openStaging() throws Exception {
        staging = new Staging(folder);
    }

    @Test
    void passesAnImageWhoseEvidenceIsWhole() throws Exception {
        good("v1");

        assertThat(staging.verify("v1").verdict().passed()).isTrue();
    }

    @Test
    void reportsEveryFailureAtOnce() throws Exception {
        staging.image("v1", "nothing attached");

        assertThat(failed(staging.verify("v1"))).containsExactly("signature", "tests");
    }

    @Test
    void refusesATestThatWasRerunUntilGreenAndIsRedAgain() throws Exception {
        Manifest image = good("v1");
        staging.tests(image, Outcome.FAILED, Staging.NOW.plusSeconds(1), staging.release);

        assertThat(failed(staging.verify("v1"))).containsExactly("tests");
    }

    @Test
    void refusesAnIndexWithAPlatformThatNobodyTested() throws Exception {
        Manifest amd = Samples.image(staging.store, "linux/amd64", "one");
        Manifest arm = Samples.image(staging.store, "linux/arm64", "two");
        Manifest index = Samples.put(
                staging.store,
                Samples.index(
                        amd.descriptor().with(Platform.parse("linux/amd64")),
                        arm.descriptor().with(Platform.parse("linux/arm64"))));
        staging.store.tag("v1", index);
        staging.sign(index, staging.release);
        staging.tests(amd, Outcome.PASSED, Staging.NOW, staging.release);

        List<Verdict.Item> refused = staging.verify("v1").verdict().items().stream()
                .filter(item -> item.status() == Status.FAILED)
                .toList();

        assertThat(refused).singleElement().satisfies(item -> {
            assertThat(item.id()).isEqualTo("tests");
            assertThat(item.platform()).contains(Platform.parse("linux/arm64"));
        });
    }

    @Test
    void decidesNothingWhenABundleIsListedButGone() throws Exception {
        Manifest image = good("v1");
        Descriptor tests = staging.tests(image, Outcome.FAILED, Staging.NOW, staging.release);
        ImageManifest evidence =
                (ImageManifest) staging.store.manifest(tests.digest()).orElseThrow();
        Files.delete(blob(evidence.layers().get(0).digest()));

        assertThatThrownBy(() -> staging.verify("v1")).isInstanceOf(UndecidedException.class);
    }

    @Test
    void decidesNothingWhenTheConfigIsTampered() throws Exception {
        ImageManifest image = (ImageManifest) good("v1");
        Files.writeString(blob(image.config().digest()), "{}");

        assertThatThrownBy(() -> staging.verify("v1")).isInstanceOf(UndecidedException.class);
    }

    @Test
    void refusesAReferenceWhoseTagAndDigestDisagree() throws Exception {
        Manifest first = good("v1");
        good("v2");
        ImageReference both = ImageReference.parse(staging.staged("v2") + "@" + first.digest());

        assertThatThrownBy(() -> new Gate(Staging.STORES, Staging.CLOCK)
                        .verify(
                                new VerifyRequest(both, Optional.empty(), staging.policy(), staging.keys()),
                                Progress.SILENT))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("v2");
    }

    @Test
    void passesAnImageThatWasMovedWithItsEvidence() throws Exception {
        good("v1");
        staging.promote("v1");
        var policy = io.jenkins.plugins.airworthy.policy.Policy.parse(
                """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: running}
                spec:
                  trust: {keys: [release], observed: build-agent}
                  images: [{from: "oci:%s/production/{app}"}]
                  without: [{rule: vulnerabilities, reason: no scanner runs here}]
                  checklist: [{signature: {threshold: 1}}, {tests: {minimum: 1, failures: 0}}]
                """.formatted(folder).getBytes(java.nio.charset.StandardCharsets.UTF_8), "running.yaml");

        Judged judged = new Gate(Staging.STORES, Staging.CLOCK)
                .verify(
                        new VerifyRequest(staging.production("v1"), Optional.empty(), policy, staging.keys()),
                        Progress.SILENT);

        assertThat(judged.verdict().passed()).isTrue();
    }

    @Test
    void believesNoStatementAboutAnImageThatIsNotItsSubject() throws Exception {
        Manifest image = good("v1");
        Manifest other = staging.image("other", "another");
        Statement about = EvidenceWriter.signatureOf(Staging.subject(other), Optional.empty());

        assertThatThrownBy(() -> staging.attach(image, about, staging.release))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(other.digest().toString());
    }

    private Manifest good(String tag) throws Exception {
        Manifest image = staging.image(tag, "good " + tag);
        staging.sign(image, staging.release);
        staging.tests(image, Outcome.PASSED, Staging.NOW, staging.release);
        return image;
    }

    private Path blob(Digest digest) {
        return folder.resolve("staging/app/blobs/sha256").resolve(digest.hex());
    }

    private static List<String> failed(Judged judged) {
        return judged.verdict().items().stream()
                .filter(item -> item.status() == Status.FAILED)
                .map(Verdict.Item::id)
                .toList();
    }
}
