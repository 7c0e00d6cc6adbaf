package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.gate.Gate;
import io.jenkins.plugins.airworthy.gate.PromoteRequest;
import io.jenkins.plugins.airworthy.gate.Promotion;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.copy.ImageCopier;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.TestLedger;
import io.jenkins.plugins.airworthy.policy.Given;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.sign.attach.LegacyForge;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.KeySigner;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static io.jenkins.plugins.airworthy.evidence.TestResult.Outcome.FAILED;
import static io.jenkins.plugins.airworthy.evidence.TestResult.Outcome.PASSED;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attack 1, by a user who may push but not delete: evidence against the image exists but is not listed any more. The
 * gate has the controller's record of what it signed, and refuses if evidence of the record is missing at the image.
 */
class HiddenEvidenceTest extends Attack {
    private static final Instant EARLIER = NOW.minusSeconds(7_000);
    private static final Instant LATER = NOW.minusSeconds(60);

    private SignatureLog log;

    private SignatureLog log() {
        if (log == null) {
            log = new SignatureLog(TestLedger.in(folder));
        }
        return log;
    }

    @Override
    Gate gate() {
        return new Gate(stores, clock, Gate.DEFAULT_TIME_LIMIT, log()::statements);
    }

    @Override
    Descriptor attach(Manifest about, Statement statement, SigningKey key)
            throws AirworthyException, InterruptedException {
        record(statement);
        return super.attach(about, statement, key);
    }

    private void record(Statement statement) throws AirworthyException {
        log().append(new SignatureLog.Entry(
                NOW,
                "shop/cart#7",
                statement.subject().digest(),
                Digest.of(statement.toBytes()),
                statement.predicateType(),
                "release",
                release.fingerprint(),
                SignatureLog.Details.of(statement, false, "staging.example.com/cart")));
    }

    private void hide(Descriptor evidence) {
        shown(Lying.about(staging).unlisting(evidence.digest()));
    }

    private void shown(Lying lying) {
        stores = reference -> reference.repository().equals(candidate.repository()) ? lying : open(reference);
    }

    private static Statement dirty(ImageManifest image) {
        return Scan.of(image)
                .finding("CVE-2026-0001", "CRITICAL", "2.0", "")
                .observedAt(LATER)
                .statement();
    }

    @Test
    void refusesImageWhoseFailedTestIsListedNoMore() throws Exception {
        Descriptor failed = attach(image, tests(image, FAILED, EARLIER), release);
        attach(image, tests(image, PASSED, LATER), release);
        assertRefused("tests", "suite 'junit' failed before it passed on the same image");
        hide(failed);
        assertRefused(
                "evidence",
                "evidence: 1 statement was signed, could decide, and is not among the evidence: "
                        + "https://in-toto.io/attestation/test-result/v0.1 about "
                        + image.digest() + ": suite 'junit' FAILED",
                "signed at " + NOW + " with 'release' for the run shop/cart#7",
                "to be attached in staging.example.com/cart",
                "payload " + Digest.of(tests(image, FAILED, EARLIER).toBytes()),
                "an administrator forgets it");
    }

    @Test
    void refusesImageWhoseNewestScanIsListedNoMore() throws Exception {
        Descriptor scan = attach(image, dirty(image), release);
        assertRefused("vulnerabilities", "CVE-2026-0001");
        hide(scan);
        assertRefused("evidence", "https://cosign.sigstore.dev/attestation/vuln/v1 about");
    }

    /** An expression looks into one form of scans; all forms decide together. */
    @Test
    void refusesImageWhoseScanForAnExpressionIsListedNoMore() throws Exception {
        changePolicy("    - user: {nonRoot: true}", """
                    - expression:
                        id: scanned
                        cel: "predicates('https://in-toto.io/attestation/vulns/v0.2').exists(p, p.clean)"
                        message: must be clean
                """);
        attach(image, intoto(image, "{\"clean\":true}", LATER.minusSeconds(60)), release);
        Descriptor newest = attach(image, intoto(image, "{\"clean\":false}", LATER), release);
        changePolicy("  checklist:", "  without: [{rule: vulnerabilities, reason: an expression asks}]\n  checklist:");
        changePolicy(
                "- vulnerabilities: {maxAge: 24h, databaseMaxAge: 48h, deny: [CRITICAL, HIGH]}\n"
                        + "    - secrets: {maximum: 0}\n    ",
                "");
        assertRefused("expression:scanned", "must be clean");
        hide(newest);
        assertRefused("evidence", "https://in-toto.io/attestation/vulns/v0.2 about");
    }

    private static Statement intoto(ImageManifest image, String predicate, Instant at) {
        return new Statement(
                subject(image),
                Optional.of(seen(at)),
                PredicateTypes.INTOTO_VULNERABILITIES_V0_2,
                Given.json(predicate));
    }

    /** Users with push rights write what the list at a tag says about its entries. */
    @Test
    void refusesImageWhoseFailedTestIsListedAsSomethingElse() throws Exception {
        Descriptor failed = attach(image, tests(image, FAILED, EARLIER), release);
        attach(image, tests(image, PASSED, LATER), release);
        shown(Lying.about(staging)
                .relabelling(failed.digest(), Descriptor.BUNDLED_TYPE, "https://example.com/nothing/v1"));
        assertRefused("evidence", "suite 'junit' FAILED");
    }

    @Test
    void refusesImageWhoseNewestScanIsListedAsOld() throws Exception {
        Descriptor scan = attach(image, dirty(image), release);
        shown(Lying.about(staging).relabelling(scan.digest(), Descriptor.CREATED, "2020-01-01T00:00:00Z"));
        assertRefused("evidence", "https://cosign.sigstore.dev/attestation/vuln/v1 about");
    }

    @Test
    void refusesImageWhoseFailedTestLeftItsTag() throws Exception {
        ObjectNode failed = tagged(tests(image, FAILED, EARLIER));
        ObjectNode passed = tagged(tests(image, PASSED, LATER));
        LegacyForge.tagAttestations(staging, image.digest(), failed, passed);
        assertRefused("tests", "suite 'junit' failed before it passed on the same image");
        LegacyForge.tagAttestations(staging, image.digest(), passed);
        assertRefused("evidence", "suite 'junit' FAILED");
    }

    private ObjectNode tagged(Statement statement) throws Exception {
        record(statement);
        return LegacyForge.attested(staging, statement.toBytes(), release);
    }

    /** The image is copied, with the evidence that speaks for it, to where the attacker may push. */
    @Test
    void refusesCopiedImageThatLeftItsFailedTestBehind() throws Exception {
        List<Digest> good = staging.referrers(image.digest()).stream()
                .map(Descriptor::digest)
                .toList();
        attach(image, tests(image, FAILED, EARLIER), release);
        elsewhere(good);
        assertRefused("evidence", "suite 'junit' FAILED");
    }

    @Test
    void refusesCopiedImageThatLeftItsNewestScanBehind() throws Exception {
        List<Digest> good = staging.referrers(image.digest()).stream()
                .map(Descriptor::digest)
                .toList();
        attach(image, dirty(image), release);
        elsewhere(good);
        assertRefused("evidence", "attestation/vuln/v1 about");
    }

    private void elsewhere(List<Digest> evidence) throws Exception {
        ImageReference elsewhere = ImageReference.parse(place("elsewhere") + "/cart:" + TAG);
        new ImageCopier(Progress.SILENT).copy(staging, image.digest(), evidence, open(elsewhere));
        open(elsewhere).tag(TAG, image);
        changePolicy("from: \"" + place("staging"), "from: \"" + place("elsewhere"));
        candidate = elsewhere;
    }

    /** The listed copy has the same payload and an invalid signature. */
    @Test
    void refusesImageWhoseFailedTestIsListedAsABrokenCopy() throws Exception {
        Statement failing = tests(image, FAILED, EARLIER);
        hide(attach(image, failing, release));
        ObjectNode broken = Forge.bundle(failing.toBytes(), release);
        Forge.signature(broken).put("sig", Forge.base64(new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1}));
        attach(image, broken);
        assertRefused("evidence", "suite 'junit' FAILED");
    }

    /** Making the attaching fail gains nothing: the record is written before. */
    @Test
    void refusesImageWhoseFailedTestWasSignedButNeverAttached() throws Exception {
        record(tests(image, FAILED, EARLIER));
        assertRefused("evidence", "or never attached");
    }

    @Test
    void refusesIndexWhenTheFailedTestOfOnePlatformIsHidden() throws Exception {
        ImageManifest other = Samples.image(staging, "linux/arm64", "another platform");
        attach(other, Scan.of(other).statement(), release);
        Descriptor failed = attach(other, tests(other, FAILED, EARLIER), release);
        attach(other, tests(other, PASSED, LATER), release);
        Manifest index = Samples.put(staging, Samples.index(image.descriptor(), other.descriptor()));
        sign(index, release);
        attach(index, provenance(index), release);
        staging.tag(TAG, index);
        hide(failed);
        assertRefused("evidence", "about " + other.digest() + ": suite 'junit' FAILED");
    }

    @Test
    void leavesImageUndecidedWhenTheRecordOfSignaturesIsUnreadable() throws Exception {
        assertPromoted();
        Statement failing = tests(image, FAILED, EARLIER);
        hide(attach(image, failing, release));
        TestLedger.in(folder).close();
        Files.delete(folder.resolve("ledger/log/checkpoint"));
        log = new SignatureLog(TestLedger.fresh(folder));
        running = image;
        assertUndecided("the checkpoint is missing");
    }

    @Test
    void promotesImageWhoseFailedTestWasPrunedOnPurpose() throws Exception {
        Statement failing = tests(image, FAILED, EARLIER);
        hide(attach(image, failing, release));
        log().pruned(new SignatureLog.Pruned(
                NOW, image.digest(), Digest.of(failing.toBytes()), "alice", "the test was wrong"));
        assertPromoted();
    }

    @Test
    void promotesImageWhoseMissingScanWasReplacedByANewerOne() throws Exception {
        Descriptor older = attach(
                image,
                Scan.of(image)
                        .finding("CVE-2026-0001", "CRITICAL", "2.0", "")
                        .observedAt(EARLIER)
                        .statement(),
                release);
        attach(image, Scan.of(image).observedAt(LATER).statement(), release);
        hide(older);
        assertPromoted();
    }

    /** A failed result that the rule would not believe even if it were there. */
    @Test
    void promotesImageWhoseFailedTestIsByAKeyThatNoRuleTrusts() throws Exception {
        Statement failing = tests(image, FAILED, EARLIER);
        log().append(new SignatureLog.Entry(
                NOW,
                "shop/cart#7",
                image.digest(),
                Digest.of(failing.toBytes()),
                failing.predicateType(),
                "other",
                stranger.fingerprint()));
        assertPromoted();
    }

    /** A promotion copies only the evidence that decided; the rest stays in staging and does not count as missing. */
    @Test
    void promotesImageAgainWithOnlyTheEvidenceThatDecided() throws Exception {
        attach(image, tests(image, PASSED, EARLIER), release);
        attach(image, tests(image, PASSED, LATER), release);
        attach(image, Scan.of(image).observedAt(LATER).statement(), release);
        assertPromoted();
        candidate = target();
        changePolicy("from: \"" + place("staging"), "from: \"" + place("production"));
        changePolicy("to: \"" + place("production"), "to: \"" + place("second"));
        assertThat(gate().promote(
                                new PromoteRequest(
                                        candidate,
                                        ImageReference.parse(place("second") + "/cart:" + TAG),
                                        policy(),
                                        keys,
                                        certificates,
                                        Optional.of(new KeySigner(release)),
                                        BUILDER,
                                        Observer.BUILD_AGENT),
                                Progress.SILENT))
                .isInstanceOf(Promotion.Promoted.class);
    }
}
