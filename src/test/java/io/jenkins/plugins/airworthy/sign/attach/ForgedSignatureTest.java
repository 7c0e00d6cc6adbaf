package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.key.EcdsaSignatureTest;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Set;

import static io.jenkins.plugins.airworthy.sign.bundle.Forge.IMAGE;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.attach;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.base64;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.bundle;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.bytes;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.envelope;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.material;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.signature;
import static org.assertj.core.api.Assertions.assertThat;

/** Envelopes and keys that are not what they seem; those that a user could meet are attacks on the gate. */
class ForgedSignatureTest extends AttackedImage {

    @Test
    void rejectsBase64WithLeftOverBits() throws Exception {
        ObjectNode bundle = bundle(bytes("{}"), KEY);
        envelope(bundle).put("payload", "e31=");
        assertRejected(StrictJson.write(bundle), "belong to no byte");
    }

    @Test
    void oneKeySigningTwiceIsOneSigner() throws Exception {
        attach(store, IMAGE, StrictJson.write(bundle(PAYLOAD, KEY)));
        attach(store, IMAGE, StrictJson.write(bundle(PAYLOAD, KEY)));
        EvidenceFound found = EvidenceReader.read(
                store,
                IMAGE.digest(),
                List.of(new TrustedKey("alice", KEY.publicKey()), new TrustedKey("bob", KEY.publicKey())));
        assertThat(found.verified()).hasSize(2);
        assertThat(found.verified())
                .extracting(VerifiedEvidence::signer)
                .containsOnly(new Signer.Key(KEY.fingerprint(), Set.of("alice", "bob")));
    }

    @Test
    void countsAMalleatedSignatureAsTheSameSigner() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        attach(store, IMAGE, StrictJson.write(bundle));
        byte[] twin = EcdsaSignatureTest.withOtherS(
                Base64.getDecoder().decode(signature(bundle).get("sig").textValue()));
        signature(bundle).put("sig", base64(twin));
        attach(store, IMAGE, StrictJson.write(bundle));
        assertThat(read().verified())
                .hasSize(2)
                .extracting(evidence -> ((Signer.Key) evidence.signer()).fingerprint())
                .containsOnly(KEY.fingerprint());
    }

    @Test
    void rejectsSignatureOfZeroes_CVE_2022_21449() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        signature(bundle).put("sig", base64(EcdsaSignatureTest.der(BigInteger.ZERO, BigInteger.ZERO)));
        assertRejected(StrictJson.write(bundle), "does not verify");
    }

    @Test
    void rejectsGiantSignature() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        signature(bundle).put("sig", base64(new byte[1 << 20]));
        assertRejected(StrictJson.write(bundle), "signatures[0].sig", "1024 bytes");
    }

    @Test
    void aWrongOrMissingHintChangesNothing() throws Exception {
        ObjectNode wrong = bundle(PAYLOAD, KEY);
        material(wrong).putObject("publicKey").put("hint", "somebody else");
        attach(store, IMAGE, StrictJson.write(wrong));
        ObjectNode missing = bundle(PAYLOAD, KEY);
        material(missing).putObject("publicKey");
        attach(store, IMAGE, StrictJson.write(missing));
        assertThat(read().verified()).hasSize(2);
    }

    @Test
    void rejectsKeyAndCertificateInOneBundle() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        material(bundle).putObject("certificate").put("rawBytes", base64(new byte[10]));
        assertRejected(StrictJson.write(bundle), "either this or a certificate");
    }

    @Test
    void rejectsBundleWithoutKeyAndCertificate() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        material(bundle).remove("publicKey");
        assertRejected(StrictJson.write(bundle), "either this or a certificate");
    }

    @Test
    void logEntryAndTimestampNeitherHelpNorHarmAKeysSignature() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        material(bundle).putArray("tlogEntries").addObject().put("logIndex", "-1");
        material(bundle).putObject("timestampVerificationData");
        attach(store, IMAGE, StrictJson.write(bundle));
        assertThat(read().verified()).hasSize(1);
        ObjectNode strangers = bundle(PAYLOAD, STRANGER);
        material(strangers).putArray("tlogEntries").addObject().put("logIndex", "1");
        attach(store, IMAGE, StrictJson.write(strangers));
        assertThat(read().rejected()).hasSize(1);
    }

    @Test
    void aClientsVerifiedAnnotationMeansNothing() throws Exception {
        byte[] bundle = StrictJson.write(bundle(PAYLOAD, STRANGER));
        ObjectNode manifest = manifestAround(bundle);
        manifest.putObject("annotations").put("dev.sigstore.bundle.content", "verified");
        assertRejected(Forge.put(store, manifest), "not signed by any");
    }
}
