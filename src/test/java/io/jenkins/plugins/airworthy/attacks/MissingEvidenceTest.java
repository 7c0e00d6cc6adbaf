package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Attack 1: evidence that the policy requires is missing, only seems to be there, or cannot be read completely. */
class MissingEvidenceTest extends Attack {
    @Test
    void refusesImageWithoutSignature() throws Exception {
        stageWithout(Piece.SIGNATURE);
        assertRefused(
                "signature", "signature: no signature about " + image.digest().abbreviated(), "by release");
    }

    @Test
    void refusesImageWithoutScan() throws Exception {
        stageWithout(Piece.SCAN);
        assertRefused(
                "vulnerabilities,secrets",
                "vulnerabilities on linux/amd64: no scan result about "
                        + image.digest().abbreviated() + " by release");
    }

    @Test
    void refusesImageWithoutTestResult() throws Exception {
        stageWithout(Piece.TESTS);
        assertRefused(
                "tests",
                "tests on linux/amd64: no test result about " + image.digest().abbreviated());
    }

    /** A good signature over "I built this" is not a signature over "I release this". */
    @Test
    void refusesStatementOfAnotherTypeAsSignature() throws Exception {
        stageWithout(Piece.SIGNATURE);
        attach(
                image,
                new Statement(
                        subject(image),
                        Optional.of(seen(NOW)),
                        "https://sigstore.dev/cosign/sign/v2",
                        StrictJson.object()),
                release);
        assertRefused("signature", "no signature about " + image.digest().abbreviated() + " by release");
    }

    /** What a manifest says of its content is not signed. */
    @Test
    void refusesStatementThatAnAnnotationCallsASignature() throws Exception {
        stageWithout(Piece.SIGNATURE);
        byte[] bundle = StrictJson.write(Forge.bundle(provenance(image).toBytes(), release));
        Descriptor layer = Forge.put(staging, bundle);
        ObjectNode manifest = Forge.manifest(image.descriptor(), layer);
        manifest.putObject("annotations").put("dev.sigstore.bundle.predicateType", PredicateTypes.COSIGN_SIGNATURE);
        Forge.put(staging, manifest);
        assertRefused("signature", "no signature about " + image.digest().abbreviated() + " by release");
    }

    @Test
    void rejectsEnvelopeWithoutSignatures() throws Exception {
        stageWithout(Piece.SIGNATURE);
        ObjectNode bundle = Forge.bundle(signature(image).toBytes(), release);
        Forge.envelope(bundle).putArray("signatures");
        assertNoSignature(attach(image, bundle), "dsseEnvelope.signatures", "expected exactly one, found 0");
    }

    @Test
    void rejectsEmptySignature() throws Exception {
        stageWithout(Piece.SIGNATURE);
        ObjectNode bundle = Forge.bundle(signature(image).toBytes(), release);
        Forge.signature(bundle).put("sig", "");
        assertNoSignature(attach(image, bundle), "signatures[0].sig", "a signature has 1 to 1024 bytes");
    }

    /** The listed statement that cannot be fetched may be the failed test. */
    @Test
    void leavesImageUndecidedWhenAListedTestResultIsMissing() throws Exception {
        Descriptor failed = attach(image, tests(image, TestResult.Outcome.FAILED, NOW), release);
        ImageManifest manifest =
                (ImageManifest) staging.manifest(failed.digest()).orElseThrow();
        stores = reference -> Lying.about(open(reference)).without(manifest.digest());
        assertUndecided("evidence", "@" + failed.digest(), "is listed but not there");
    }

    @Test
    void leavesImageUndecidedWhenTheBundleOfATestResultIsMissing() throws Exception {
        Descriptor failed = attach(image, tests(image, TestResult.Outcome.FAILED, NOW), release);
        Descriptor layer = ((ImageManifest) staging.manifest(failed.digest()).orElseThrow())
                .layers()
                .get(0);
        Files.delete(blob(layer.digest()));
        assertUndecided("has no blob " + layer.digest());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100})
    void leavesImageUndecidedWhenTheBundleOfATestResultIsCut(int left) throws Exception {
        Descriptor failed = attach(image, tests(image, TestResult.Outcome.FAILED, NOW), release);
        Descriptor layer = ((ImageManifest) staging.manifest(failed.digest()).orElseThrow())
                .layers()
                .get(0);
        Path file = blob(layer.digest());
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), left));
        assertUndecided("blob " + layer.digest(), "has " + left + " bytes instead of " + layer.size());
    }

    @Test
    void leavesImageUndecidedWhenTheBundleOfATestResultIsOverwritten() throws Exception {
        Descriptor failed = attach(image, tests(image, TestResult.Outcome.FAILED, NOW), release);
        Descriptor layer = ((ImageManifest) staging.manifest(failed.digest()).orElseThrow())
                .layers()
                .get(0);
        Files.write(blob(layer.digest()), new byte[(int) layer.size()]);
        assertUndecided("blob " + layer.digest(), "has the digest");
    }

    @Test
    void refusesStoreWhoseListOfReferrersIsCut() throws Exception {
        Path index = folder.resolve("staging/cart/index.json");
        byte[] whole = Files.readAllBytes(index);
        Files.write(index, Arrays.copyOf(whole, whole.length / 2));
        assertInvalid("staging/cart", "index.json", "is not valid JSON");
    }

    @Test
    void leavesImageUndecidedWhenItHasTooManyReferrers() throws Exception {
        stores = reference -> Lying.about(open(reference)).alsoListing(EvidenceReader.MAX_REFERRERS);
        assertUndecided("evidence of", "@" + image.digest(), "more than the allowed " + EvidenceReader.MAX_REFERRERS);
    }

    /** A builder puts provenance that nobody signed into the index: whoever may push can do that, too. */
    @Test
    void refusesIndexWhoseOnlyProvenanceNobodySigned() throws Exception {
        stageWithout(Piece.PROVENANCE);
        Descriptor layer =
                Samples.blob(staging, MediaTypes.IN_TOTO, provenance(image).toBytes());
        Descriptor config = Samples.blob(staging, MediaTypes.OCI_CONFIG, "{}".getBytes(UTF_8));
        Manifest statements = Samples.put(staging, Samples.manifest(config, layer));
        Descriptor listed = new Descriptor(
                MediaTypes.OCI_MANIFEST,
                statements.digest(),
                statements.content().size(),
                Optional.empty(),
                Map.of(
                        "vnd.docker.reference.type",
                        "attestation-manifest",
                        "vnd.docker.reference.digest",
                        image.digest().toString()),
                Optional.of(Platform.parse("unknown/unknown")));
        Manifest index =
                Samples.put(staging, Samples.index(image.descriptor().with(Platform.parse("linux/amd64")), listed));
        staging.tag(TAG, index);
        sign(index, release);
        assertRefused(
                "provenance",
                "provenance: no provenance about " + index.digest().abbreviated());
    }
}
