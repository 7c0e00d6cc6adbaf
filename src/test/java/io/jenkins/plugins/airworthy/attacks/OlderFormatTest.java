package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.policy.Scan;
import io.jenkins.plugins.airworthy.sign.attach.LegacyForge;
import io.jenkins.plugins.airworthy.sign.attach.MintedLegacy;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;

import static io.jenkins.plugins.airworthy.sign.bundle.MintedSigstore.SIGNED;
import static java.nio.charset.StandardCharsets.US_ASCII;

/** Attacks 1 to 6: the same in cosign's older format, where evidence is at tags and certificates are in annotations. */
class OlderFormatTest extends KeylessAttack {
    private static final String SIGNATURE = "dev.cosignproject.cosign/signature";
    private static final String LOG_ENTRY = "dev.sigstore.cosign/bundle";
    private static final String CHAIN = "dev.sigstore.cosign/chain";

    private final MintedLegacy minted = new MintedLegacy(sigstore);

    @Test
    void promotesImageWithSignatureAtTheTag() throws Exception {
        tag(layer());
        assertPromoted();
    }

    @Test
    void rejectsEmptySignature() throws Exception {
        ObjectNode layer = layer();
        annotations(layer).put(SIGNATURE, "");
        assertNotBelieved(layer, SIGNATURE, "a signature has 1 to 1024 bytes");
    }

    @Test
    void rejectsSignatureOfAnotherImage() throws Exception {
        ObjectNode layer = minted.signatureLayer(staging, payload(running));
        assertNotBelieved(layer, "is signed for " + running.digest() + ", but it was attached to " + image.digest());
    }

    @Test
    void rejectsScanOfAnotherImage() throws Exception {
        stageWithout(Piece.SIGNATURE, Piece.SCAN);
        tag(layer());
        byte[] scan = Scan.of(running).statement().toBytes();
        LegacyForge.tagAttestations(staging, image.digest(), LegacyForge.attested(staging, scan, release));
        assertRefused(
                "vulnerabilities,secrets",
                "at the tag sha256-" + image.digest().hex() + ".att",
                "is signed for " + running.digest() + ", but it was attached to " + image.digest());
    }

    @Test
    void rejectsAttestationByAStranger() throws Exception {
        stageWithout(Piece.SIGNATURE, Piece.SCAN);
        tag(layer());
        byte[] scan = Scan.of(image).statement().toBytes();
        LegacyForge.tagAttestations(staging, image.digest(), LegacyForge.attested(staging, scan, stranger));
        assertRefused("vulnerabilities,secrets", ".att: layer sha256:", "not signed by any trusted key");
    }

    /** The hidden statement may be the failed test. */
    @Test
    void leavesImageUndecidedWhenATestResultAtTheTagIsMissing() throws Exception {
        tag(layer());
        byte[] failed = tests(image, TestResult.Outcome.FAILED, NOW).toBytes();
        ObjectNode layer = LegacyForge.attested(staging, failed, release);
        LegacyForge.tagAttestations(staging, image.digest(), layer);
        Digest blob = Digest.parse(layer.get("digest").textValue());
        Files.delete(blob(blob));
        assertUndecided("has no blob " + blob);
    }

    @Test
    void rejectsSignatureWithoutLogEntry() throws Exception {
        ObjectNode layer = layer();
        annotations(layer).remove(LOG_ENTRY);
        assertNotBelieved(layer, "log entry: is missing");
    }

    /** CVE-2022-23649 as it was published: any good entry attached to a signature that was not logged. */
    @Test
    void rejectsLogEntryOfAnotherSignature() throws Exception {
        ObjectNode neverLogged = layer();
        annotations(neverLogged)
                .put(LOG_ENTRY, annotations(layer()).get(LOG_ENTRY).textValue());
        assertNotBelieved(neverLogged, "the log recorded another signature than the bundle has");
    }

    /** Anyone can set up an authority and bring its root along. */
    @Test
    void rejectsChainThatBringsItsOwnRoot() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        sigstore.certifier = generator.generateKeyPair();
        ObjectNode layer = layer();
        String root = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
                .encodeToString(sigstore.certificate().getEncoded());
        annotations(layer).put(CHAIN, "-----BEGIN CERTIFICATE-----\n" + root + "\n-----END CERTIFICATE-----\n");
        assertNotBelieved(layer, "was issued by no authority that the trusted root names");
    }

    @Test
    void rejectsSignatureRecordedAfterTheTimeOfItsCertificate() throws Exception {
        Instant later = SIGNED.plusSeconds(3_600);
        minted.integrated = later.getEpochSecond();
        assertNotBelieved(layer(), "certificate: is valid from", "not at " + later);
    }

    private ObjectNode layer() throws Exception {
        return minted.signatureLayer(staging, payload(image));
    }

    private static byte[] payload(Manifest about) throws Exception {
        return StrictJson.write(LegacyForge.payload(about.descriptor()));
    }

    private static ObjectNode annotations(ObjectNode layer) {
        return (ObjectNode) layer.get("annotations");
    }

    private void tag(ObjectNode layer) throws Exception {
        trustTheInstance();
        LegacyForge.tagSignatures(staging, image.digest(), layer);
    }

    private void assertNotBelieved(ObjectNode layer, String... why) throws Exception {
        tag(layer);
        assertRefused(
                "signature",
                "signature: no signature about " + image.digest().abbreviated(),
                "at the tag sha256-" + image.digest().hex() + ".sig: layer "
                        + layer.get("digest").textValue());
        assertRefused("signature", why);
    }
}
