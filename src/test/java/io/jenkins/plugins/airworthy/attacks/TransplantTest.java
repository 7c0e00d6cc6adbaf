package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.TestResult;
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

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Attack 2: good evidence of another image, or evidence that does not say of which. */
class TransplantTest extends Attack {
    private static final String OTHER = about(Digest.of(new byte[0]).hex());

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

    /** Decided: what is found of two images together is not known to be of one of them. */
    @Test
    void rejectsResultsOfTwoImagesTogether() throws Exception {
        for (boolean first : List.of(true, false)) {
            stageWithout(Piece.TESTS);
            String ours = about(image.digest().hex());
            String payload = new String(
                    tests(image, TestResult.Outcome.PASSED, NOW.minusSeconds(7_200))
                            .toBytes(),
                    UTF_8);
            String whole = payload.replaceFirst(
                    "\"subject\":\\[(\\{.*?\\}\\})\\]",
                    "\"subject\":[" + (first ? ours + "," + OTHER : OTHER + "," + ours) + "]");
            assertThat(whole).contains(OTHER);
            attach(image, Forge.bundle(Forge.bytes(whole), release));
            assertRefused("tests", "statement: subject: expected exactly one, found 2");
        }
    }

    /** Decided: that each of them was signed, or built so, holds for every one. */
    @Test
    void promotesImageThatWasSignedTogetherWithOthers() throws Exception {
        stageWithout(Piece.SIGNATURE);
        String sha512 = "{\"name\":\"c\",\"digest\":{\"sha512\":\"00\"}}";
        attach(
                image,
                Forge.bundle(
                        Forge.bytes(signed(OTHER + "," + about(image.digest().hex()) + "," + sha512)), release));
        assertPromoted();
    }

    @Test
    void promotesImageThatWasBuiltTogetherWithOthers() throws Exception {
        stageWithout(Piece.PROVENANCE);
        attach(image, Forge.bundle(Forge.bytes(withAnother(provenance(image))), release));
        assertPromoted();
    }

    /** A list of packages about two images leaves open which of them has which. */
    @Test
    void rejectsBillOfMaterialsOfTwoImagesTogether() throws Exception {
        changePolicy("- secrets: {maximum: 0}", "- secrets: {maximum: 0}\n    - sbom: {format: cyclonedx}");
        ObjectNode bill = StrictJson.object().put("bomFormat", "CycloneDX").put("specVersion", "1.6");
        bill.putArray("components").addObject().put("type", "library").put("name", "a");
        Statement statement =
                new Statement(subject(image), Optional.of(seen(NOW.minusSeconds(60))), PredicateTypes.CYCLONEDX, bill);
        attach(image, Forge.bundle(Forge.bytes(withAnother(statement)), release));
        assertRefused("sbom:cyclonedx", "statement: subject: expected exactly one, found 2");
    }

    private static String withAnother(Statement statement) {
        String payload = new String(statement.toBytes(), UTF_8);
        assertThat(payload).containsOnlyOnce("\"subject\":[");
        return payload.replace("\"subject\":[", "\"subject\":[" + OTHER + ",");
    }

    @Test
    void rejectsSignatureOfSeveralOtherImages() throws Exception {
        String third = about(Digest.of(new byte[1]).hex());
        assertNotAbout("\"subject\":[" + OTHER + "," + third + "],", "statement: subject: none of the 2 subjects is ");
    }

    /** A digest under another algorithm's name is another digest. */
    @Test
    void rejectsSignatureOfSeveralThatNamesTheImageByAnotherAlgorithm() throws Exception {
        String ours =
                "{\"name\":\"cart\",\"digest\":{\"sha512\":\"" + image.digest().hex() + "\"}}";
        assertNotAbout("\"subject\":[" + OTHER + "," + ours + "],", "none of the 2 subjects is ");
    }

    @Test
    void rejectsStatementThatNamesTheImageTwice() throws Exception {
        stageWithout(Piece.SIGNATURE);
        String ours = about(image.digest().hex());
        String seen = ours.substring(0, ours.length() - 1)
                + ",\"annotations\":{\"io.jenkins.plugins.airworthy/observer\":\"controller\","
                + "\"io.jenkins.plugins.airworthy/observedAt\":\"2026-05-01T11:00:00Z\"}}";
        Digest evidence = attach(image, Forge.bundle(Forge.bytes(signed(ours + "," + seen)), release));
        assertNoSignature(evidence, image.digest() + " is named twice, and what is said of it may differ");
    }

    @Test
    void rejectsStatementWithTooManySubjects() throws Exception {
        stageWithout(Piece.SIGNATURE);
        String others = String.join(",", Collections.nCopies(1_000, OTHER));
        Digest evidence = attach(
                image, Forge.bundle(Forge.bytes(signed(about(image.digest().hex()) + "," + others)), release));
        assertNoSignature(evidence, "statement: subject: more than the allowed 1000");
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
        assertNoSignature(attach(image, Forge.bundle(Forge.bytes(signature(subject)), release)), why);
    }

    private static String signed(String subjects) {
        return signature("\"subject\":[" + subjects + "],");
    }

    private static String signature(String subject) {
        return "{\"_type\":\"https://in-toto.io/Statement/v1\"," + subject
                + "\"predicateType\":\"https://sigstore.dev/cosign/sign/v1\",\"predicate\":{}}";
    }
}
