package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.DsseEnvelope;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.key.SignatureRecord;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.jenkins.plugins.airworthy.sign.bundle.Forge.IMAGE;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.OTHER_IMAGE;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.bytes;
import static org.assertj.core.api.Assertions.assertThat;

/** Bad attestations at the tag {@code .att} (attacks, rows 1 to 4). */
class LegacyAttestationTest extends AttackedImage {
    private Digest tag(ObjectNode... layers) throws Exception {
        return LegacyForge.tag(store, LegacyTag.ATTESTATIONS, IMAGE.digest(), layers);
    }

    private static ObjectNode envelope(byte[] payload, SigningKey... keys) throws Exception {
        ObjectNode json = StrictJson.object();
        json.put("payloadType", Statement.PAYLOAD_TYPE).put("payload", Forge.base64(payload));
        ArrayNode signatures = json.putArray("signatures");
        for (SigningKey key : keys) {
            signatures
                    .addObject()
                    .put("keyid", "")
                    .put("sig", LegacyForge.sign(key, DsseEnvelope.signedBytes(payload)));
        }
        return json;
    }

    private Digest tagged(ObjectNode envelope) throws Exception {
        return tag(LegacyForge.attested(store, envelope));
    }

    @Test
    void believesAGenuineAttestation() throws Exception {
        Digest manifest = tagged(envelope(PAYLOAD, KEY));
        EvidenceFound found = read();
        assertThat(found.rejected()).isEmpty();
        assertThat(found.verified()).singleElement().satisfies(evidence -> {
            assertThat(evidence.manifest()).isEqualTo(manifest);
            assertThat(evidence.statement()).isEqualTo(Forge.statement(IMAGE));
        });
    }

    @Test
    void refusesAStatementAboutAnotherImage() throws Exception {
        byte[] other = Forge.statement(OTHER_IMAGE).toBytes();
        assertRejected(
                tagged(envelope(other, KEY)),
                "is signed for " + OTHER_IMAGE.digest() + ", but it was attached to " + IMAGE.digest());
    }

    @Test
    void refusesSeveralSignaturesInOneEnvelope() throws Exception {
        assertRejected(tagged(envelope(PAYLOAD, STRANGER, KEY)), "signatures", "expected exactly one, found 2");
        assertRejected(tagged(envelope(PAYLOAD, KEY, KEY)), "expected exactly one, found 2");
    }

    @Test
    void refusesAnUnsignedEnvelope() throws Exception {
        assertRejected(tagged(envelope(PAYLOAD)), "expected exactly one, found 0");
    }

    @Test
    void refusesTheSignatureOfAnUntrustedKey() throws Exception {
        assertRejected(tagged(envelope(PAYLOAD, STRANGER)), "not signed by any trusted key");
    }

    @Test
    void refusesAnotherPayloadType() throws Exception {
        ObjectNode envelope = envelope(PAYLOAD, KEY);
        envelope.put("payloadType", "text/plain");
        assertRejected(tagged(envelope), "payloadType");
    }

    @Test
    void refusesAPayloadThatWasChanged() throws Exception {
        ObjectNode envelope = envelope(PAYLOAD, KEY);
        envelope.put("payload", Forge.base64(Forge.statement(OTHER_IMAGE).toBytes()));
        assertRejected(tagged(envelope), "not signed by any");
    }

    /** CVE-2026-39395: what cannot be parsed is not passed by. */
    @Test
    void refusesASignedPayloadThatIsNotAStatement() throws Exception {
        assertRejected(tagged(envelope(bytes("no statement"), KEY)), "is not valid JSON");
    }

    /** CVE-2022-35929: the annotation is what a reader would look for, and what was signed is another thing. */
    @Test
    void theTypeInTheAnnotationIsNotBelieved() throws Exception {
        ObjectNode layer = LegacyForge.attested(store, envelope(PAYLOAD, KEY));
        ((ObjectNode) layer.get("annotations")).put(LegacyTag.PREDICATE_TYPE, PredicateTypes.VULNERABILITIES);
        tag(layer);
        assertThat(read().verified().get(0).predicateType()).isEqualTo(PredicateTypes.PROVENANCE);
    }

    @Test
    void refusesAPayloadOfSimpleSigningAtTheTagForEnvelopes() throws Exception {
        ObjectNode layer = LegacyForge.signed(store, StrictJson.write(LegacyForge.payload(IMAGE)), KEY);
        assertRejected(tag(layer), "is of type", "this tag is for application/vnd.dsse.envelope.v1+json");
    }

    @Test
    void refusesAnEnvelopeAtTheTagForSignatures() throws Exception {
        ObjectNode layer = LegacyForge.attested(store, envelope(PAYLOAD, KEY));
        assertRejected(
                LegacyForge.tag(store, LegacyTag.SIGNATURES, IMAGE.digest(), layer),
                "is of type 'application/vnd.dsse.envelope.v1+json'");
    }

    /** The layer's type is not signed, so it decides how its bytes are read and nothing else. */
    @Test
    void refusesAnEnvelopeThatIsCalledASignature() throws Exception {
        byte[] bytes = StrictJson.write(envelope(PAYLOAD, KEY));
        ObjectNode layer = LegacyForge.layer(
                store, LegacyTag.SIGNATURES, bytes, Map.of(LegacyTag.SIGNATURE, LegacyForge.sign(STRANGER, bytes)));
        assertRejected(LegacyForge.tag(store, LegacyTag.SIGNATURES, IMAGE.digest(), layer), "not signed by any");
    }

    @Test
    void refusesABackdatedStatementOfAStolenKey() throws Exception {
        tagged(envelope(PAYLOAD, KEY));
        for (boolean recorded : new boolean[] {true, false}) {
            SignatureRecord record = (subject, payload) ->
                    recorded && subject.equals(IMAGE.digest()) && payload.equals(Digest.of(PAYLOAD));
            EvidenceFound found = EvidenceReader.read(
                    store, IMAGE.digest(), List.of(new TrustedKey("release", KEY.publicKey(), Optional.of(record))));
            assertThat(found.verified()).hasSize(recorded ? 1 : 0);
        }
    }
}
