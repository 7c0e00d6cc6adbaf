package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.CachingStore;
import io.jenkins.plugins.airworthy.image.store.DigestCache;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.time.Duration;

import static io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore.SIGNED;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Failures of other verifiers, as their advisories describe them, each with the closest artefact that exists here.
 * The image is signed with a certificate and its attestations with a key, so that both can be attacked.
 */
class PublishedFailuresTest extends KeylessAttack {
    /**
     * cosign before 1.10.1: {@code verify-attestation --type} succeeded when no attestation of that type was there, as long as
     * there was a valid one of another type. The advisory's image has a scan and no SBOM; so has this one.
     */
    @Test
    void CVE_2022_35929_refusesAttestationOfAnotherType() throws Exception {
        sign();
        changePolicy("- secrets:", "- sbom: {format: spdx}\n    - secrets:");
        assertRefused("sbom:spdx", "no SPDX document about " + image.digest().abbreviated() + " by release");
    }

    /** cosign before 1.12.0, among others in the same advisory: a log entry counted that did not refer to the signature. */
    @Test
    void CVE_2022_36056_rejectsLogEntryOfAnotherArtefact() throws Exception {
        ObjectNode bundle = bundle();
        ObjectNode other = sigstore.bundle(signature(running).toBytes());
        material(bundle).set("tlogEntries", material(other).get("tlogEntries"));
        assertDisbelieved(bundle, "log entry 0: the log recorded another artefact than the bundle has");
    }

    /** cosign before 1.5.2: a valid log entry of one signature, attached to another, showed that the other was logged. */
    @Test
    void CVE_2022_23649_rejectsLogEntryOfAnotherSignature() throws Exception {
        ObjectNode neverLogged = bundle();
        material(neverLogged).set("tlogEntries", material(bundle()).get("tlogEntries"));
        assertDisbelieved(neverLogged, "log entry 0: the log recorded another signature than the bundle has");
    }

    /**
     * cosign before 2.6.2 and 3.0.4: a thief of a key or an identity could hide signatures behind any entry of the
     * log, of another artefact, signature and key.
     */
    @Test
    void CVE_2026_22703_rejectsArbitraryLogEntry() throws Exception {
        ObjectNode stolen = bundle();
        sigstore.certified = SIGNED;
        ObjectNode arbitrary = sigstore.bundle(signature(running).toBytes());
        material(stolen).set("tlogEntries", material(arbitrary).get("tlogEntries"));
        assertDisbelieved(stolen, "log entry 0: the log recorded another");
    }

    /** cosign before 2.6.3 and 3.0.6: {@code verify-blob-attestation} was content with a payload that it could not parse. */
    @ParameterizedTest
    @ValueSource(strings = {"verified OK", "", "[]", "{}", "{\"_type\":\"x\"}", "\u0000"})
    void CVE_2026_39395_rejectsPayloadThatCannotBeParsed(String payload) throws Exception {
        assertDisbelieved(sigstore.bundle(Forge.bytes(payload)), ": statement:");
    }

    /** The other half of it: the type was not compared for bundles of the new format. */
    @Test
    void CVE_2026_39395_refusesPredicateOfAnotherType() throws Exception {
        assertDisbelievedAsSignature(sigstore.bundle(provenance(image).toBytes()));
    }

    /**
     * Kyverno 1.8.3 and 1.8.4: a malicious registry could show a signed image to the verifier and another to the engine that ran it. A
     * reference is resolved once here, and what was judged is what is promoted.
     */
    @Test
    void CVE_2022_47633_promotesTheJudgedImageWhenTheRegistryShowsAnotherLater() throws Exception {
        sign();
        ImageManifest evil = image("evil");
        Lying registry = Lying.about(open(staged())).thenTagging(evil);
        stores = reference -> reference.equals(candidate) ? registry : open(reference);
        assertPromoted();
        assertThat(production.manifest(evil.digest())).isEmpty();
    }

    /** Kyverno before 1.11.0: an attacker who controlled the registry could decide which digest was used for an image. */
    @Test
    void GHSA_3hfq_cx9j_923w_leavesImageUndecidedWhenItsContentHasAnotherDigest() throws Exception {
        sign();
        ImageManifest evil = image("evil");
        candidate = ImageReference.parse(staged().repository() + "@" + image.digest());
        Files.write(blob(image.digest()), evil.content().bytes());
        assertUndecided("manifest " + image.digest(), "contains other content");
    }

    /** As reported, a verdict was cached by the tag, which an attacker then moved. The cache here keeps content by its digest. */
    @Test
    void CVE_2026_122321_refusesTagThatMovedBehindACache() throws Exception {
        sign();
        DigestCache cache = new DigestCache(DigestCache.USUAL_BYTES);
        stores = reference -> new CachingStore(open(reference), cache, "");
        assertPromoted();
        running = image;
        image = image("evil");
        staging.tag(TAG, image);
        assertRefused(
                "signature,provenance,tests,vulnerabilities,secrets",
                "no signature about " + image.digest().abbreviated());
    }

    /**
     * Notation before 1.0.0-rc.6: a registry in the wrong hands could have another artefact verified than the one asked for,
     * since the descriptor that it gave was not compared with the reference.
     */
    @Test
    void CVE_2023_33959_refusesTagThatStandsForAnotherDigest() throws Exception {
        sign();
        ImageManifest evil = image("evil");
        candidate = ImageReference.parse(staged() + "@" + evil.digest());
        assertInvalid("the tag points at " + image.digest() + " now, not at the digest after it");
    }

    /**
     * go-witness: a verifier whose check of the signature had failed still counted as one who signed. Policies are not signed
     * here, they come from the administrator; evidence is, and what names a trusted key is not signed by it.
     */
    @Test
    void GHSA_2v4r_xhmm_ghv8_rejectsFailedSignatureOfATrustedKey() throws Exception {
        stageWithout(Piece.SIGNATURE, Piece.SCAN);
        sign();
        ObjectNode forged = Forge.bundle(Scan.of(image).statement().toBytes(), stranger);
        ObjectNode honest = Forge.bundle(Scan.of(image).statement().toBytes(), release);
        Forge.material(forged).set("publicKey", Forge.material(honest).get("publicKey"));
        Digest evidence = attach(image, forged);
        assertRefused(
                "vulnerabilities,secrets", "@" + evidence + ": its signature does not verify with the key it names");
    }

    /** As reported, a signature by any known signer was enough, even if it was not a required one. */
    @Test
    void GHSA_vmvj_p3hw_39q3_refusesSignerThatTheRuleDoesNotTrust() throws Exception {
        stageWithout(Piece.SIGNATURE, Piece.TESTS);
        sign();
        keys.add(new TrustedKey("nightly", stranger.publicKey()));
        attach(image, tests(image, TestResult.Outcome.PASSED, NOW.minus(Duration.ofHours(2))), stranger);
        assertRefused(
                "tests",
                "no test result about " + image.digest().abbreviated() + " by release",
                "signed by key nightly, which this rule does not trust");
    }

    /** Harbor's rule for deployments asks whether something of a signature's type is attached, and not who signed what. */
    @Test
    void Harbor_rejectsSignatureAccessoryByUnknownKey() throws Exception {
        trustTheInstance();
        Descriptor accessory = sign(image, stranger);
        assertNoSignature(accessory.digest(), "not signed by any trusted key");
    }

    private void sign() throws Exception {
        attach(image, bundle());
        trustTheInstance();
    }

    private void assertDisbelievedAsSignature(ObjectNode bundle) throws Exception {
        trustTheInstance();
        attach(image, bundle);
        assertRefused(
                "signature", "signature: no signature about " + image.digest().abbreviated());
    }
}
