package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Attack 3: envelopes whose signature was made for something else. */
class EnvelopeTest extends Attack {
    /** An image that has all evidence but its signature. */
    private ObjectNode missing() throws Exception {
        stageWithout(Piece.SIGNATURE);
        return Forge.bundle(signature(image).toBytes(), release);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/vnd.in-toto+json ", "APPLICATION/VND.IN-TOTO+JSON"})
    void rejectsEnvelopeWithWrongPayloadType(String type) throws Exception {
        ObjectNode bundle = missing();
        Forge.envelope(bundle).put("payloadType", type);
        assertNoSignature(attach(image, bundle), "dsseEnvelope.payloadType", "expected application/vnd.in-toto+json");
    }

    /** The type is signed too: what was signed as one thing is not shown as another. */
    @Test
    void rejectsSignatureMadeForAnotherPayloadType() throws Exception {
        ObjectNode bundle = missing();
        byte[] payload = signature(image).toBytes();
        String text = new String(payload, StandardCharsets.UTF_8);
        byte[] signed = Forge.bytes("DSSEv1 10 text/plain " + payload.length + " " + text);
        Forge.signature(bundle).put("sig", Forge.base64(release.sign(signed)));
        assertNoSignature(attach(image, bundle), "does not verify with the key it names (release)");
    }

    @Test
    void rejectsSignatureOfTheBarePayload() throws Exception {
        ObjectNode bundle = missing();
        Forge.signature(bundle)
                .put("sig", Forge.base64(release.sign(signature(image).toBytes())));
        assertNoSignature(attach(image, bundle), "does not verify with the key it names (release)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "AA", "AA=", "QUFB\n", "QUF=QUFB", "AB==", "__--", "===="})
    void rejectsPayloadInInvalidBase64(String text) throws Exception {
        ObjectNode bundle = missing();
        Forge.envelope(bundle).put("payload", text);
        assertNoSignature(attach(image, bundle), "dsseEnvelope.payload", "base64");
    }

    /** Lenient decoders read the same bytes from both; then one signature has two texts. */
    @Test
    void rejectsSignatureInAnotherBase64Alphabet() throws Exception {
        ObjectNode bundle;
        String text;
        do {
            bundle = missing();
            text = Forge.signature(bundle).get("sig").textValue();
        } while (!text.matches(".*[+/].*[^+/]{4}")); // the last four characters are looked at once more
        Forge.signature(bundle).put("sig", text.replace('+', '-').replace('/', '_'));
        assertNoSignature(attach(image, bundle), "signatures[0].sig", "is not base64 in the standard alphabet");
    }

    @Test
    void rejectsBadSignature() throws Exception {
        ObjectNode bundle = missing();
        Forge.signature(bundle).put("sig", Forge.base64(new byte[] {0x30, 6, 2, 1, 1, 2, 1, 1}));
        assertNoSignature(attach(image, bundle), "does not verify with the key it names (release)");
    }

    @Test
    void rejectsSignatureWhosePayloadWasChanged() throws Exception {
        ObjectNode bundle = missing();
        byte[] changed = signature(image).toBytes();
        changed[changed.length - 3] ^= 1;
        Forge.envelope(bundle).put("payload", Forge.base64(changed));
        assertNoSignature(attach(image, bundle), "the statement or the signature was changed");
    }

    /** With two signatures, it would be unclear whose counts. */
    @Test
    void rejectsEnvelopeWithSecondSignatureByAStranger() throws Exception {
        ObjectNode bundle = missing();
        ObjectNode strangers = Forge.bundle(signature(image).toBytes(), stranger);
        Forge.envelope(bundle).withArray("signatures").add(Forge.signature(strangers));
        assertNoSignature(attach(image, bundle), "dsseEnvelope.signatures", "expected exactly one, found 2");
    }

    @Test
    void refusesOneKeyThatSignsTwiceForTwoSigners() throws Exception {
        changePolicy("threshold: 1", "threshold: 2, trust: {keys: [release, security]}");
        keys.add(new TrustedKey("security", stranger.publicKey()));
        signAgain();
        assertRefused("signature", "signed by 1 of the 2 different signers", "key release");
    }

    @Test
    void refusesOneKeyUnderTwoNamesForTwoSigners() throws Exception {
        changePolicy("threshold: 1", "threshold: 2, trust: {keys: [release, security]}");
        keys.add(new TrustedKey("security", release.publicKey()));
        signAgain();
        assertRefused("signature", "signed by 1 of the 2 different signers", "key release, security");
    }

    @Test
    void promotesImageThatTwoKeysSigned() throws Exception {
        changePolicy("threshold: 1", "threshold: 2, trust: {keys: [release, security]}");
        keys.add(new TrustedKey("security", stranger.publicKey()));
        sign(image, stranger);
        assertPromoted();
    }

    /** The same words signed twice are one statement; a line break makes them two. */
    private void signAgain() throws Exception {
        byte[] payload = signature(image).toBytes();
        byte[] other = Arrays.copyOf(payload, payload.length + 1);
        other[payload.length] = '\n';
        attach(image, Forge.bundle(other, release));
    }
}
