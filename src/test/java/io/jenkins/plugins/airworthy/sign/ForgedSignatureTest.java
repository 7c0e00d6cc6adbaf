package io.jenkins.plugins.airworthy.sign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

import static io.jenkins.plugins.airworthy.sign.Forge.IMAGE;
import static io.jenkins.plugins.airworthy.sign.Forge.attach;
import static io.jenkins.plugins.airworthy.sign.Forge.base64;
import static io.jenkins.plugins.airworthy.sign.Forge.bundle;
import static io.jenkins.plugins.airworthy.sign.Forge.bytes;
import static io.jenkins.plugins.airworthy.sign.Forge.envelope;
import static io.jenkins.plugins.airworthy.sign.Forge.material;
import static io.jenkins.plugins.airworthy.sign.Forge.signature;
import static org.assertj.core.api.Assertions.assertThat;

/** Envelopes and keys that are not what they seem (attacks, rows 3, 4 and 10). */
class ForgedSignatureTest extends AttackedImage {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/vnd.in-toto+json ",
                "application/vnd.in-toto.bundle",
                "APPLICATION/VND.IN-TOTO+JSON"
            })
    void wrongPayloadType(String type) throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        envelope(bundle).put("payloadType", type);
        assertRejected(StrictJson.write(bundle), "payloadType");
    }

    @Test
    void signatureMadeForAnotherPayloadType() throws Exception {
        byte[] signed =
                bytes("DSSEv1 10 text/plain " + PAYLOAD.length + " " + new String(PAYLOAD, StandardCharsets.UTF_8));
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        signature(bundle).put("sig", base64(KEY.sign(signed)));
        assertRejected(StrictJson.write(bundle), "does not verify");
    }

    @Test
    void signatureOfTheBarePayloadWithoutItsType() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        signature(bundle).put("sig", base64(KEY.sign(PAYLOAD)));
        assertRejected(StrictJson.write(bundle), "does not verify");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "AA", "AA=", "A===", "QUFB\n", "QUF=QUFB", "AB==", "AAB=", "__--", "=", "===="})
    void invalidBase64(String text) throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        envelope(bundle).put("payload", text);
        assertRejected(StrictJson.write(bundle), "dsseEnvelope.payload", "base64");
    }

    @Test
    void base64WithLeftOverBitsIsASecondTextForTheSameBytes() throws Exception {
        ObjectNode bundle = bundle(bytes("{}"), KEY);
        envelope(bundle).put("payload", "e31=");
        assertRejected(StrictJson.write(bundle), "belong to no byte");
    }

    @Test
    void payloadChanged() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        byte[] changed = PAYLOAD.clone();
        changed[changed.length - 3] ^= 1;
        envelope(bundle).put("payload", base64(changed));
        assertRejected(StrictJson.write(bundle), "release", "the statement or the signature was changed");
    }

    @Test
    void strangersSecondSignatureRidesAlong() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        ObjectNode others = bundle(PAYLOAD, STRANGER);
        envelope(bundle).withArray("signatures").add(signature(others));
        assertRejected(StrictJson.write(bundle), "exactly one, found 2");
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
    void otherHalfOfAMalleableSignatureIsTheSameSigner() throws Exception {
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
    void psychicSignatureOfZeroes_CVE_2022_21449() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        signature(bundle).put("sig", base64(EcdsaSignatureTest.der(BigInteger.ZERO, BigInteger.ZERO)));
        assertRejected(StrictJson.write(bundle), "does not verify");
    }

    @Test
    void giantSignature() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        signature(bundle).put("sig", base64(new byte[1 << 20]));
        assertRejected(StrictJson.write(bundle), "signatures[0].sig", "1024 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not JSON", "[]", "{}", "{\"_type\":\"x\"}", "\u0000"})
    void unparseablePayloadOfATrustedKeyDoesNotPass_CVE_2026_39395(String payload) throws Exception {
        assertPayloadRejected(payload);
    }

    @Test
    void signedByAStranger() throws Exception {
        assertRejected(StrictJson.write(bundle(PAYLOAD, STRANGER)), "not signed by any of the 1 trusted keys");
    }

    @Test
    void strangerHintsAtATrustedKey() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, STRANGER);
        material(bundle).set("publicKey", material(bundle(PAYLOAD, KEY)).get("publicKey"));
        assertRejected(StrictJson.write(bundle), "does not verify with the key it names (release)");
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
    void noKeyBelievesNothing() throws Exception {
        attach(store, IMAGE, StrictJson.write(bundle(PAYLOAD, KEY)));
        EvidenceFound found = EvidenceReader.read(store, IMAGE.digest(), List.of());
        assertThat(found.verified()).isEmpty();
        assertThat(found.rejected().get(0).reason()).contains("no key was given");
    }

    @Test
    void aCertificateIsRefusedWithoutATrustedRoot() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        material(bundle).remove("publicKey");
        material(bundle).putObject("certificate").put("rawBytes", base64(new byte[10]));
        assertRejected(StrictJson.write(bundle), "keyless", "no trusted root was given");
    }

    @Test
    void keyAndCertificateInOneBundle() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        material(bundle).putObject("certificate").put("rawBytes", base64(new byte[10]));
        assertRejected(StrictJson.write(bundle), "either this or a certificate");
    }

    @Test
    void neitherKeyNorCertificate() throws Exception {
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
        manifest.putObject("annotations").put("io.jenkins.plugins.airworthy/verified", "true");
        assertRejected(Forge.put(store, manifest), "not signed by any");
    }
}
