package io.jenkins.plugins.airworthy.sign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;
import io.jenkins.plugins.airworthy.sign.sigstore.TrustedRoot;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import static io.jenkins.plugins.airworthy.sign.Forge.IMAGE;
import static io.jenkins.plugins.airworthy.sign.MintedSigstore.SIGNED;
import static org.assertj.core.api.Assertions.assertThat;

/** What a dishonest or careless instance could hand out: certificates, times and logs (attacks, rows 4, 5 and 6). */
class MintedBundlesTest {
    private static final byte[] PAYLOAD = Forge.statement(IMAGE).toBytes();

    private final MintedSigstore sigstore = new MintedSigstore();
    private final MemoryStore store = new MemoryStore();
    private Clock clock = Clock.fixed(SIGNED.plus(Duration.ofDays(30)), ZoneOffset.UTC);

    private EvidenceFound read(ObjectNode bundle) throws Exception {
        Forge.attach(store, IMAGE, StrictJson.write(bundle));
        TrustedRoot root = TrustedRoot.parse(StrictJson.write(sigstore.trustedRoot()), "trusted root");
        return EvidenceReader.read(
                store,
                IMAGE.digest(),
                new TrustedSigners(
                        List.of(),
                        Optional.of(new SigstoreTrust(root, clock)),
                        List.of(new IdentityPattern(MintedSigstore.ISSUER, MintedSigstore.SUBJECT))));
    }

    private void assertBelieved() throws Exception {
        EvidenceFound found = read(sigstore.bundle(PAYLOAD));
        assertThat(found.rejected()).isEmpty();
        assertThat(found.verified()).hasSize(1);
        assertThat(found.verified().get(0).signer())
                .isEqualTo(new Signer.Identity(MintedSigstore.ISSUER, MintedSigstore.SUBJECT));
    }

    private void assertRejected(String reason) throws Exception {
        assertRejected(sigstore.bundle(PAYLOAD), reason);
    }

    private void assertRejected(ObjectNode bundle, String reason) throws Exception {
        EvidenceFound found = read(bundle);
        assertThat(found.verified()).isEmpty();
        assertThat(found.rejected()).hasSize(1);
        assertThat(found.rejected().get(0).reason()).contains(reason);
    }

    private static KeyPair stranger() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    @Test
    void theRightOneIsBelieved() throws Exception {
        assertBelieved();
    }

    // Row 4: certificates.

    @Test
    void certificateOfAnotherAuthority() throws Exception {
        sigstore.certifier = stranger();
        assertRejected("certificate: was issued by no authority that the trusted root names");
    }

    @Test
    void missingIntermediate() throws Exception {
        sigstore.wholeChain = false;
        assertRejected("certificate: was issued by no authority that the trusted root names");
    }

    @Test
    void expiredAuthority() throws Exception {
        sigstore.authorityUntil = SIGNED.minusSeconds(1);
        assertRejected("certificate: an authority in its chain is not valid at " + SIGNED);
    }

    @Test
    void expiredRootAuthority() throws Exception {
        sigstore.rootUntil = SIGNED.minusSeconds(1);
        assertRejected("the root of its chain is not valid at " + SIGNED);
    }

    @Test
    void certificateThatCouldGiveOutOthers() throws Exception {
        sigstore.authority = true;
        assertRejected("certificate: was not made for signing artefacts");
    }

    @Test
    void certificateForAnotherPurpose() throws Exception {
        sigstore.purposes = List.of(KeyPurposeId.id_kp_serverAuth);
        assertRejected("certificate: was not made for signing artefacts");
    }

    @Test
    void certificateOfNobody() throws Exception {
        sigstore.names = List.of();
        assertRejected("certificate: expected exactly one subject alternative name, found 0");
    }

    /** Whoever reads the first name would believe another than whoever reads the last. */
    @Test
    void certificateOfTwo() throws Exception {
        sigstore.names = List.of(
                new GeneralName(GeneralName.uniformResourceIdentifier, "https://evil.example/"),
                new GeneralName(GeneralName.uniformResourceIdentifier, MintedSigstore.SUBJECT));
        assertRejected("certificate: expected exactly one subject alternative name, found 2");
    }

    @Test
    void certificateOfAServer() throws Exception {
        sigstore.names = List.of(new GeneralName(GeneralName.dNSName, "jenkins.example.com"));
        assertRejected("certificate: its subject is neither an e-mail address nor a URI");
    }

    @Test
    void certificateThatNamesNoIssuer() throws Exception {
        sigstore.issuer = "";
        assertRejected("certificate: does not name the issuer");
    }

    /** Log and timestamp authority take any signature; only the certificate's key can show that it is one. */
    @Test
    void signatureThatTheCertificatesKeyDidNotMake() throws Exception {
        sigstore.signer = stranger();
        assertRejected("signature: does not verify with the key of the certificate of identity");
    }

    @Test
    void certificateOfAnotherIssuer() throws Exception {
        sigstore.issuer = "https://id.example.com.evil.example";
        assertRejected("which none of the 1 trusted identities matches");
    }

    @Test
    void certificateThatNoLogPromisedToShow() throws Exception {
        sigstore.promised = false;
        assertRejected("signed certificate timestamp: there is none");
    }

    @Test
    void certificateThatAStrangersLogPromisedToShow() throws Exception {
        sigstore.promiser = stranger();
        assertRejected("signed certificate timestamp: none verifies");
    }

    // Row 5: time.

    @Test
    void signedBeforeTheCertificate() throws Exception {
        sigstore.certified = SIGNED.plusSeconds(1);
        assertRejected("certificate: is valid from " + SIGNED.plusSeconds(1));
    }

    @Test
    void signedAfterTheCertificate() throws Exception {
        sigstore.certified = SIGNED.minus(Duration.ofMinutes(10)).minusSeconds(1);
        assertRejected("not at " + SIGNED);
    }

    @Test
    void theCertificatesFirstAndLastSecondPass() throws Exception {
        sigstore.certified = SIGNED;
        assertBelieved();
        store.listed.clear();
        store.manifests.clear();
        sigstore.certified = SIGNED.minus(Duration.ofMinutes(10));
        assertBelieved();
    }

    @Test
    void timedInTheFuture() throws Exception {
        clock = Clock.fixed(SIGNED.minus(SigstoreTrust.MAX_CLOCK_SKEW).minusSeconds(1), ZoneOffset.UTC);
        assertRejected("was signed at " + SIGNED + ", which is in the future");
    }

    /** A verifier's clock that moved back a little must not refuse what was just signed. */
    @Test
    void clocksMayDifferALittle() throws Exception {
        clock = Clock.fixed(SIGNED.minus(SigstoreTrust.MAX_CLOCK_SKEW), ZoneOffset.UTC);
        assertBelieved();
    }

    @Test
    void timedByACertificateThatHadExpired() throws Exception {
        sigstore.timestampsUntil = SIGNED.minusSeconds(1);
        assertRejected("timestamp: its authority: is valid from 2020-01-01T00:00:00Z to");
    }

    @Test
    void timedByACertificateThatTheRootDoesNotName() throws Exception {
        ObjectNode bundle = sigstore.bundle(PAYLOAD);
        sigstore.timestampCertificate = Optional.empty();
        assertRejected(bundle, "timestamp: its authority: its signature does not verify, or its certificate is not");
    }

    /** One good timestamp does not make up for another that lies outside the certificate. */
    @Test
    void aSecondTimestampOutsideTheCertificate() throws Exception {
        ObjectNode bundle = sigstore.bundle(PAYLOAD);
        sigstore.timed = SIGNED.plus(Duration.ofHours(1));
        assertRejected(sigstore.timedAgain(bundle), "not at " + SIGNED.plus(Duration.ofHours(1)));
    }

    @Test
    void moreTimestampsThanAnyoneNeeds() throws Exception {
        ObjectNode bundle = sigstore.bundle(PAYLOAD);
        for (int i = 0; i < SigstoreTrust.MAX_PROOFS; i++) {
            bundle = sigstore.timedAgain(bundle);
        }
        assertRejected(bundle, "more than the allowed 8");
    }

    // Row 6: the log.

    @Test
    void checkpointOfAnotherLog() throws Exception {
        sigstore.origin = "log.example.org";
        assertRejected("checkpoint: its origin is 'log.example.org' and the log is log.example.com");
    }

    /** A log whose name only begins like the trusted one's. */
    @Test
    void checkpointOfALogWithALongerName() throws Exception {
        sigstore.origin = "log.example.com.evil.example";
        assertRejected("checkpoint: its origin is 'log.example.com.evil.example'");
    }

    @Test
    void checkpointOfAnotherSize() throws Exception {
        sigstore.size = 2;
        assertRejected("checkpoint: tells another size or root hash");
    }

    @Test
    void checkpointOfAnotherTree() throws Exception {
        sigstore.wrongRoot = true;
        assertRejected("checkpoint: tells another size or root hash");
    }

    @Test
    void indexOutsideTheTree() throws Exception {
        sigstore.index = 1;
        assertRejected("its inclusion proof does not lead to the root hash");
    }

    @Test
    void proofWithAPathThatTheTreeDoesNotHave() throws Exception {
        ObjectNode bundle = sigstore.bundle(PAYLOAD);
        ObjectNode proof = (ObjectNode)
                bundle.get("verificationMaterial").get("tlogEntries").get(0).get("inclusionProof");
        proof.putArray("hashes").add(MintedSigstore.base64(new byte[32]));
        assertRejected(bundle, "its inclusion proof does not lead to the root hash");
    }

    @Test
    void envelopeWithAnotherSignature() throws Exception {
        ObjectNode bundle = sigstore.bundle(PAYLOAD);
        ObjectNode other = sigstore.bundle(PAYLOAD);
        bundle.set("dsseEnvelope", other.get("dsseEnvelope"));
        assertRejected(bundle, "timestamp: is about something else");
    }

    @Test
    void statementAboutAnotherImage() throws Exception {
        assertRejected(sigstore.bundle(Forge.statement(Forge.OTHER_IMAGE).toBytes()), "its statement is about");
    }

    @Test
    void verifyingNeedsTheTimeOfSigningOnly() throws Exception {
        clock = Clock.fixed(Instant.parse("2035-01-01T00:00:00Z"), ZoneOffset.UTC);
        assertBelieved();
    }
}
