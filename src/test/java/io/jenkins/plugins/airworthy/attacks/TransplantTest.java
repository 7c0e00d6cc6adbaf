package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.copy.ImageCopier;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Locale;

/** Attack 2: good evidence of another image, or evidence that does not say of which. */
class TransplantTest extends Attack {
    @Test
    void rejectsSignatureOfAnotherImage() throws Exception {
        ImageManifest signed = image;
        stageWithout(Piece.SIGNATURE);
        Digest copied = attach(image, Forge.bundle(signature(signed).toBytes(), release));
        assertNoSignature(copied, "its statement is about " + signed.digest(), "was attached to " + image.digest());
    }

    @Test
    void rejectsScanOfAnotherImage() throws Exception {
        ImageManifest scanned = image;
        stageWithout(Piece.SCAN);
        Digest copied = attach(image, Forge.bundle(Scan.of(scanned).statement().toBytes(), release));
        assertRefused("vulnerabilities,secrets", "@" + copied + ": its statement is about " + scanned.digest());
    }

    /** The statement is about this image, the scanner's report inside it about another. */
    @Test
    void refusesReportOfAnotherImageInAStatementAboutThisOne() throws Exception {
        ImageManifest scanned = image;
        stageWithout(Piece.SCAN);
        String other = scanned.config().digest().toString();
        attach(image, Scan.of(image).imageId(other).statement(), release);
        assertRefused(
                "vulnerabilities,secrets",
                "the scanner's report is about another image ("
                        + scanned.config().digest().abbreviated() + " instead of "
                        + image.config().digest().abbreviated() + ")");
    }

    /** A registry may list under one image what refers to another. */
    @Test
    void rejectsReferrerOfAnotherImageThatIsListedHere() throws Exception {
        ImageManifest signed = image;
        stageWithout(Piece.SIGNATURE);
        Digest elsewhere = attach(signed, Forge.bundle(signature(image).toBytes(), release));
        Descriptor listed = staging.manifest(elsewhere).orElseThrow().descriptor();
        stores = reference -> Lying.about(open(reference)).alsoListing(listed);
        assertNoSignature(elsewhere, "its manifest is attached to " + signed.digest());
    }

    @Test
    void rejectsReferrerOfNothingThatIsListedHere() throws Exception {
        stageWithout(Piece.SIGNATURE);
        byte[] bundle = StrictJson.write(Forge.bundle(signature(image).toBytes(), release));
        ObjectNode manifest = Forge.manifest(image.descriptor(), Forge.put(staging, bundle));
        manifest.remove("subject");
        Digest alone = Forge.put(staging, manifest);
        Descriptor listed = staging.manifest(alone).orElseThrow().descriptor();
        stores = reference -> Lying.about(open(reference)).alsoListing(listed);
        assertNoSignature(alone, "its manifest is attached to nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"subject\":null,",
                "\"subject\":[],",
                "\"subject\":[null],",
                "\"subject\":[{}],",
                "\"subject\":\"*\","
            })
    void rejectsStatementWhoseSubjectIsNullEmptyOrMissing(String subject) throws Exception {
        assertNotAbout(subject, "statement: subject");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"cart\"}",
                "{\"name\":\"cart\",\"digest\":{}}",
                "{\"name\":\"cart\",\"digest\":{\"sha256\":\"\"}}",
                "{\"name\":\"cart\",\"digest\":{\"sha256\":null}}",
                "{\"name\":\"cart\",\"digest\":{\"sha512\":\"00\"}}"
            })
    void rejectsStatementWithoutUsableDigest(String subject) throws Exception {
        assertNotAbout("\"subject\":[" + subject + "],", "statement: subject[0].digest");
    }

    /** A digest has one spelling, so that readers who compare texts come to the same answer. */
    @Test
    void rejectsDigestInUpperCase() throws Exception {
        assertNotAbout(
                "\"subject\":[" + about(image.digest().hex().toUpperCase(Locale.ROOT)) + "],",
                "expected 64 lower-case hexadecimal digits");
    }

    /** Decided: a statement is about one thing. One that is about several could be shown for the wrong one. */
    @Test
    void rejectsStatementWithTwoSubjects() throws Exception {
        String other = Digest.of(new byte[0]).hex();
        stageWithout(Piece.SIGNATURE);
        for (List<String> order : List.of(
                List.of(other, image.digest().hex()), List.of(image.digest().hex(), other))) {
            assertNotAbout(
                    "\"subject\":[" + about(order.get(0)) + "," + about(order.get(1)) + "],",
                    "statement: subject",
                    "expected exactly one, found 2");
        }
    }

    /** Decided: the name in a statement is for people; an image moved with its evidence is the same image. */
    @Test
    void promotesImageThatMovedWithItsEvidence() throws Exception {
        ImageReference elsewhere = ImageReference.parse(place("elsewhere") + "/cart:" + TAG);
        List<Digest> evidence = staging.referrers(image.digest()).stream()
                .map(Descriptor::digest)
                .toList();
        new ImageCopier(Progress.SILENT).copy(staging, image.digest(), evidence, open(elsewhere));
        open(elsewhere).tag(TAG, image);
        changePolicy("from: \"" + place("staging"), "from: \"" + place("elsewhere"));
        candidate = elsewhere;
        assertPromoted();
    }

    private static String about(String hex) {
        return "{\"digest\":{\"sha256\":\"" + hex + "\"}}";
    }

    private void assertNotAbout(String subject, String... why) throws Exception {
        stageWithout(Piece.SIGNATURE);
        String payload = "{\"_type\":\"https://in-toto.io/Statement/v1\"," + subject
                + "\"predicateType\":\"https://sigstore.dev/cosign/sign/v1\",\"predicate\":{}}";
        assertNoSignature(attach(image, Forge.bundle(Forge.bytes(payload), release)), why);
    }
}
