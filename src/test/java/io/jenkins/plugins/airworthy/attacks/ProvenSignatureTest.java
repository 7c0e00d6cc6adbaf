package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.gate.PruneRequest;
import io.jenkins.plugins.airworthy.gate.PrunedStatements;
import io.jenkins.plugins.airworthy.gate.Pruner;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.sign.attach.LegacyForge;
import io.jenkins.plugins.airworthy.sign.attach.MintedLegacy;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attack 6 with keys: the policy asks that a log recorded each signature of a key, and an authority dated it. Somebody signs with a stolen
 * key without anybody noticing, or takes the proof away from a statement that speaks against the image.
 */
class ProvenSignatureTest extends ProvenAttack {
    private static final String LOG_ENTRY = "dev.sigstore.cosign/bundle";
    private static final String NO_LOG = "no log that the trusted root names is shown to have recorded the signature";
    private static final String NO_TIME = "no timestamp of an authority that the trusted root names proves its time";

    /** The image has all evidence with proof, but its signature is in this bundle. */
    private void assertUnproven(ObjectNode signature, String... why) throws Exception {
        attestAllBut(PredicateTypes.COSIGN_SIGNATURE);
        attach(signature(image), signature, NOW);
        assertRefused("signature", why);
    }

    @Test
    void refusesSignatureWithoutAnything() throws Exception {
        assertUnproven(
                bare(signature(image)),
                "signed by 0 of the 1 different signers that are asked for",
                "a signature is signed by key release, but " + NO_LOG + ", and " + NO_TIME);
    }

    @Test
    void refusesSignatureThatNoLogRecorded() throws Exception {
        assertUnproven(sigstore.timed(bare(signature(image))), "is signed by key release, but " + NO_LOG);
    }

    @Test
    void refusesSignatureThatNobodyDated() throws Exception {
        assertUnproven(logged(bare(signature(image)), release), "is signed by key release, but " + NO_TIME);
    }

    @Test
    void refusesEntryOfAStrangersLog() throws Exception {
        MintedSigstore other = new MintedSigstore();
        assertUnproven(
                other.logged(bare(signature(image)), release.publicKey().platformKey()),
                NO_LOG,
                "is not one that the trusted root names");
    }

    @Test
    void refusesEntryOfAnotherSignature() throws Exception {
        ObjectNode bundle = bare(signature(image));
        ObjectNode other = logged(bare(provenance(image)), release);
        Forge.material(bundle).set("tlogEntries", entries(other));
        assertUnproven(bundle, NO_LOG, "the log recorded another artefact than the bundle has");
    }

    /** Whoever records it under another key hides it from the owner of this one. */
    @Test
    void refusesEntryUnderAnotherKey() throws Exception {
        assertUnproven(
                logged(bare(signature(image)), stranger),
                NO_LOG,
                "the log recorded another signer than the bundle has");
    }

    @Test
    void refusesPromiseWithoutTheProofOfItsInclusion() throws Exception {
        sigstore.recorded = Optional.of(MintedSigstore.SIGNED);
        ObjectNode bundle = proven(signature(image));
        ((ObjectNode) entries(bundle).get(0)).remove("inclusionProof");
        assertUnproven(bundle, NO_LOG, "has no inclusion proof");
    }

    @Test
    void refusesForgedEntryBesideAGoodOne() throws Exception {
        ObjectNode bundle = proven(signature(image));
        ObjectNode forged = logged(bare(signature(image)), release);
        entries(bundle).add(entries(forged).get(0));
        assertUnproven(bundle, NO_LOG, "the log recorded another signature than the bundle has");
    }

    @Test
    void refusesTimestampOfAnotherSignature() throws Exception {
        ObjectNode bundle = logged(bare(signature(image)), release);
        ObjectNode other = sigstore.timed(bare(signature(image)));
        Forge.material(bundle)
                .set("timestampVerificationData", Forge.material(other).get("timestampVerificationData"));
        assertUnproven(bundle, NO_TIME, "is not about the bundle's signature");
    }

    @Test
    void refusesTimestampOfAStrangersAuthority() throws Exception {
        assertUnproven(
                new MintedSigstore().timed(logged(bare(signature(image)), release)),
                NO_TIME,
                "its signature does not verify");
    }

    @Test
    void refusesEntryOfALogThatIsNotTrustedAnyMoreWhereNobodySaysWhenItWasMade() throws Exception {
        changePolicy("log: required, timestamp: required", "log: required");
        trustedRoot =
                root -> ((ObjectNode) root.get("tlogs").get(0).get("publicKey").get("validFor"))
                        .put("end", NOW.minusSeconds(60).toString());
        trustTheInstance();
        assertUnproven(logged(bare(signature(image)), release), NO_LOG, "its log is trusted from");
    }

    /** The layer of a key at the older tag, which the policy trusts for signatures. */
    private ObjectNode layerAtTheOlderTag(MintedLegacy minted) throws Exception {
        return minted.signatureLayer(staging, StrictJson.write(LegacyForge.payload(image.descriptor())));
    }

    private MintedLegacy olderKey() throws Exception {
        changePolicy("threshold: 1", "threshold: 1, trust: {keys: [older]}");
        keys.add(new TrustedKey("older", VerificationKey.of(sigstore.signer.getPublic(), "older")));
        attestAllBut(PredicateTypes.COSIGN_SIGNATURE);
        MintedLegacy minted = new MintedLegacy(sigstore);
        minted.ofKey = true;
        minted.timed = true;
        return minted;
    }

    @Test
    void promotesImageWithProofAtTheOlderTag() throws Exception {
        LegacyForge.tagSignatures(staging, image.digest(), layerAtTheOlderTag(olderKey()));
        assertPromoted();
    }

    @Test
    void refusesEntryOfAnotherSignatureAtTheOlderTag() throws Exception {
        MintedLegacy minted = olderKey();
        ObjectNode layer = layerAtTheOlderTag(minted);
        JsonNode other = layerAtTheOlderTag(minted).get("annotations").get(LOG_ENTRY);
        ((ObjectNode) layer.get("annotations")).set(LOG_ENTRY, other);
        LegacyForge.tagSignatures(staging, image.digest(), layer);
        assertRefused("signature", NO_LOG, "the log recorded another signature than the bundle has");
    }

    /** What cannot be read proves nothing, and takes nothing from the signature where nobody asks. */
    @Test
    void refusesEntryThatCannotBeReadAtTheOlderTag() throws Exception {
        MintedLegacy minted = olderKey();
        ObjectNode layer = layerAtTheOlderTag(minted);
        ((ObjectNode) layer.get("annotations")).put(LOG_ENTRY, "{}");
        LegacyForge.tagSignatures(staging, image.digest(), layer);
        assertRefused("signature", NO_LOG, "Payload");
        changePolicy("log: required, timestamp: required", "log: optional");
        assertPromoted();
    }

    /** Of identities the same is asked: the time of a log is not that of an authority. */
    @Test
    void refusesKeylessSignatureThatOnlyALogDated() throws Exception {
        changePolicy(
                "threshold: 1",
                "threshold: 1, trust: {identities: [{issuer: \"" + MintedSigstore.ISSUER + "\", subject: \""
                        + MintedSigstore.SUBJECT + "\"}]}");
        sigstore.recorded = Optional.of(MintedSigstore.SIGNED);
        ObjectNode bundle = sigstore.bundle(signature(image).toBytes());
        Forge.material(bundle).remove("timestampVerificationData");
        assertUnproven(bundle, "is signed by identity " + MintedSigstore.SUBJECT, NO_TIME);
    }

    /** The gate is given no root, although the policy needs one. */
    @Test
    void refusesProofThatNobodyCouldCheck() throws Exception {
        attestAllBut("");
        certificates = Optional.empty();
        assertRefused(
                "signature,provenance,tests,vulnerabilities,secrets",
                "what it carries was not checked, since no trusted root was given");
    }

    /** A copy that lost its proof hides nothing, wherever it is and however new it claims to be. */
    @Test
    void promotesImageWithStrippedCopies() throws Exception {
        attestAllBut(PredicateTypes.VULNERABILITIES);
        Statement scan = Scan.of(image).observedAt(NOW.minusSeconds(7_200)).statement();
        ObjectNode proven = proven(scan);
        attachCopies(scan, stripped(proven), attach(scan, proven, NOW.minusSeconds(7_000)));
        LegacyForge.tagAttestations(staging, image.digest(), LegacyForge.attested(staging, scan.toBytes(), release));
        assertPromoted();
    }

    /** Nor does a copy with a forged entry, beside the honest one. */
    @Test
    void promotesImageWithACopyWhoseEntryIsForged() throws Exception {
        attestAllBut(PredicateTypes.COSIGN_SIGNATURE);
        ObjectNode forged = bare(signature(image));
        Forge.material(forged).set("tlogEntries", entries(logged(bare(provenance(image)), release)));
        attachCopies(signature(image), forged, attach(signature(image), proven(signature(image)), NOW));
        assertPromoted();
    }

    /** Each rule gets the copy that proves what it asks for. */
    @Test
    void promotesImageWhoseCopiesProveDifferentThings() throws Exception {
        changePolicy("log: required, timestamp: required", "log: required");
        changePolicy(
                "- signature: {threshold: 1}",
                "- signature: {threshold: 1}\n"
                        + "    - signature: {threshold: 1, trust: {log: optional, timestamp: required}}");
        attestAllBut(PredicateTypes.COSIGN_SIGNATURE);
        ObjectNode bare = bare(signature(image));
        attach(signature(image), logged(bare, release), NOW);
        attach(signature(image), sigstore.timed(bare), NOW);
        assertPromoted();
    }

    /** An older scan must not decide because the newest one was robbed of its proof, or never had one. */
    @Test
    void refusesImageWhoseNewestScanLostItsProof() throws Exception {
        attestAllBut("");
        Statement bad = Scan.of(image)
                .finding("CVE-2026-1", "CRITICAL", "2.0", "")
                .observedAt(NOW.minusSeconds(60))
                .statement();
        attach(bad, stripped(proven(bad)), NOW);
        assertRefused("vulnerabilities,secrets", "scan result is signed by key release, but " + NO_LOG);
    }

    /** The newest result of one suite has its proof, that of another has not. */
    @Test
    void refusesImageWhereTheResultOfOneSuiteHasNoProof() throws Exception {
        attestAllBut("");
        Statement other = new TestResult(
                        "smoke",
                        TestResult.Outcome.PASSED,
                        List.of("answers"),
                        List.of(),
                        List.of(),
                        List.of(new TestResult.Configuration("smoke.xml", Optional.empty())))
                .toStatement(subject(image), seen(NOW.minusSeconds(9_000)));
        attach(other, bare(other), NOW.minusSeconds(8_000));
        assertRefused("tests", "test result is signed by key release, but " + NO_LOG);
    }

    @Test
    void refusesUnprovenStatementThatAnExpressionSees() throws Exception {
        changePolicy(
                "- user: {nonRoot: true}",
                "- user: {nonRoot: true}\n    - expression: {id: quiet, message: somebody objects,"
                        + " cel: \"!evidence.exists(e, e.predicateType == 'https://acme.example/objection/v1')\"}");
        attestAllBut("");
        Statement note = new Statement(
                subject(image),
                Optional.of(seen(NOW.minusSeconds(60))),
                "https://acme.example/note/v1",
                StrictJson.object());
        attach(note, bare(note), NOW);
        assertRefused("expression:quiet", "evidence is signed by key release, but " + NO_LOG);
    }

    /** Pruning removes copies, and keeps the one that proves most, also if nobody could check that. */
    @Test
    void promotesPrunedImageWhoseSignatureHadStrippedCopies() throws Exception {
        attestAllBut(PredicateTypes.COSIGN_SIGNATURE);
        ObjectNode proven = proven(signature(image));
        Digest kept = attach(signature(image), proven, NOW.minusSeconds(60));
        attachCopies(signature(image), stripped(proven), kept);
        for (TrustedSigners signers :
                List.of(TrustedSigners.of(keys), new TrustedSigners(keys, certificates, List.of()))) {
            Pruner pruner = new Pruner(stores, clock, PrunedStatements.UNRECORDED);
            PruneRequest request = new PruneRequest(candidate, signers, List.of());
            pruner.remove(candidate, pruner.plan(request, Progress.SILENT), Progress.SILENT);
            assertThat(staging.referrers(image.digest()).stream().map(Descriptor::digest))
                    .contains(kept);
        }
        assertThat(staging.referrers(image.digest())).hasSize(4);
        assertPromoted();
    }
}
