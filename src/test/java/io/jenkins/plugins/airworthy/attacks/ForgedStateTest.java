package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.build.BuildCheck;
import io.jenkins.plugins.airworthy.build.BuildRequest;
import io.jenkins.plugins.airworthy.build.BuiltImage;
import io.jenkins.plugins.airworthy.build.ContainerSettings;
import io.jenkins.plugins.airworthy.build.FileCopy;
import io.jenkins.plugins.airworthy.build.ImageBuilder;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.VerificationSummary;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Attack 10: something that claims that the image was verified already. */
class ForgedStateTest extends Attack {
    private static final String ALL = "signature,provenance,tests,vulnerabilities,secrets";

    /** A client that may push can attach any annotation to an image. */
    @Test
    void refusesImageWhoseAnnotationsSayVerified() throws Exception {
        image = image("nobody looked at this");
        ObjectNode claimed = StrictJson.parseObject(image.content().bytes(), "manifest", Manifest.MAX_BYTES)
                .node();
        claimed.putObject("annotations")
                .put("io.jenkins.plugins.airworthy.verified", "true")
                .put("dev.sigstore.cosign/verified", "true")
                .put("org.opencontainers.image.verified", "PASSED");
        image = (ImageManifest) Samples.put(staging, claimed);
        staging.tag(TAG, image);
        assertRefused(ALL, "signature: no signature about " + image.digest().abbreviated());
    }

    /** The bundle may name any predicate type on its outside; only what is signed inside counts. */
    @Test
    void rejectsReferrerWhoseAnnotationsSayVerified() throws Exception {
        stageWithout(Piece.SIGNATURE);
        byte[] bundle = StrictJson.write(Forge.bundle(signature(image).toBytes(), stranger));
        ObjectNode manifest = Forge.manifest(image.descriptor(), Samples.blob(staging, Samples.BUNDLE, bundle));
        manifest.putObject("annotations")
                .put("dev.sigstore.bundle.predicateType", "https://sigstore.dev/cosign/sign/v1")
                .put("dev.sigstore.bundle.content", "verified");
        assertNoSignature(Forge.put(staging, manifest), "not signed by any trusted key");
    }

    @Test
    void rejectsForgedSummary() throws Exception {
        unverified();
        Digest forged = attach(image, Forge.bundle(summary(image, NOW).toBytes(), stranger));
        assertRefused(ALL, forged.toString(), "not signed by any trusted key");
    }

    /** Signed by the gate itself, about another image. */
    @Test
    void rejectsSummaryOfAnotherImage() throws Exception {
        ImageManifest good = image;
        unverified();
        Digest foreign = attach(image, Forge.bundle(summary(good, NOW).toBytes(), release));
        assertRefused(
                ALL,
                foreign.toString(),
                "its statement is about " + good.digest() + ", but it was attached to " + image.digest());
    }

    /** A pass of last year, or of a minute ago: what passed once is judged again, from its evidence. */
    @Test
    void refusesOldSummaryInPlaceOfEvidence() throws Exception {
        unverified();
        attach(image, summary(image, NOW.minusSeconds(31_536_000)), release);
        assertRefused(ALL, "signature: no signature about " + image.digest().abbreviated());
    }

    @Test
    void refusesSummaryInPlaceOfEvidence() throws Exception {
        unverified();
        attach(image, summary(image, NOW), release);
        assertRefused(ALL, "signature: no signature about " + image.digest().abbreviated());
    }

    /** The image that an agent claims to have built is rebuilt from the request, and must be identical to the byte. */
    @Test
    void refusesAnotherDigestThanThatOfTheBuildThatWasAskedFor() throws Exception {
        Path application = Files.writeString(folder.resolve("app.txt"), "reviewed");
        Path other = Files.writeString(folder.resolve("other.txt"), "not reviewed");
        ImageReference target = staged();
        BuildRequest asked = request(application, "/app.txt");
        BuiltImage honest = new ImageBuilder(stores).build(asked, target, Progress.SILENT);
        BuiltImage evil = new ImageBuilder(stores).build(request(other, "/etc/app.txt"), target, Progress.SILENT);

        assertThat(new BuildCheck(stores)
                        .check(asked, target, honest.descriptor().digest()))
                .isEqualTo(honest);
        for (Digest claimed : List.of(evil.descriptor().digest(), image.digest())) {
            assertThatThrownBy(() -> new BuildCheck(stores).check(asked, target, claimed))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining(claimed + " is not what was to be built");
        }
    }

    private static BuildRequest request(Path file, String to) throws Exception {
        ContainerSettings inherited = new ContainerSettings(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.of("1000"),
                List.of(),
                List.of(),
                Optional.empty());
        return new BuildRequest(Optional.empty(), List.of(FileCopy.parse(file + ":" + to)), inherited, List.of());
    }

    /** A condition that looks at any evidence has the gate read summaries too. */
    private void unverified() throws Exception {
        changePolicy(
                "- user: {nonRoot: true}",
                "- user: {nonRoot: true}\n"
                        + "    - expression: {id: any, message: any, cel: \"size(evidence) >= 0\"}");
        image = image("nobody looked at this");
        staging.tag(TAG, image);
    }

    private Statement summary(ImageManifest about, Instant at) throws Exception {
        return new VerificationSummary(
                        BUILDER,
                        at,
                        target().toString(),
                        "urn:airworthy:policy:production",
                        Optional.of(policy().digest()),
                        List.of(Digest.of(new byte[] {1})),
                        VerificationSummary.Result.PASSED,
                        List.of(VerificationSummary.UNEVALUATED))
                .toStatement(subject(about), new Observation(Observer.CONTROLLER, at));
    }
}
