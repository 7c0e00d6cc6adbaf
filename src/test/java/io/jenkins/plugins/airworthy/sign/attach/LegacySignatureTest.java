package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.DsseEnvelope;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.key.SignatureRecord;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import static io.jenkins.plugins.airworthy.sign.bundle.Forge.IMAGE;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.OTHER_IMAGE;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.bytes;
import static org.assertj.core.api.Assertions.assertThat;

/** Bad signatures at the tag {@code .sig} (attacks, rows 1 to 4). */
class LegacySignatureTest extends AttackedImage {
    private Digest tag(ObjectNode... layers) throws Exception {
        return LegacyForge.tag(store, LegacyTag.SIGNATURES, IMAGE.digest(), layers);
    }

    private ObjectNode signed(ObjectNode payload) throws Exception {
        return LegacyForge.signed(store, StrictJson.write(payload), KEY);
    }

    private static ObjectNode annotations(ObjectNode layer) {
        return (ObjectNode) layer.get("annotations");
    }

    private void assertPayloadRejected(ObjectNode payload, String... reasons) throws Exception {
        assertRejected(tag(signed(payload)), reasons);
    }

    @Test
    void believesAGenuineSignature() throws Exception {
        Digest manifest = tag(signed(LegacyForge.payload(IMAGE)));
        EvidenceFound found = read();
        assertThat(found.rejected()).isEmpty();
        assertThat(found.verified()).singleElement().satisfies(evidence -> {
            assertThat(evidence.manifest()).isEqualTo(manifest);
            assertThat(evidence.statement()).isEqualTo(LegacyForge.signature(IMAGE));
        });
    }

    @Test
    void refusesTheSignatureOfAnotherImage() throws Exception {
        assertPayloadRejected(
                LegacyForge.payload(OTHER_IMAGE),
                "is signed for " + OTHER_IMAGE.digest() + ", but it was attached to " + IMAGE.digest());
    }

    @Test
    void refusesTheSignatureOfAnUntrustedKey() throws Exception {
        byte[] payload = StrictJson.write(LegacyForge.payload(IMAGE));
        assertRejected(tag(LegacyForge.signed(store, payload, STRANGER)), "not signed by any trusted key");
    }

    @Test
    void refusesASignatureOfAnotherPayload() throws Exception {
        ObjectNode layer = signed(LegacyForge.payload(IMAGE));
        byte[] other = StrictJson.write(LegacyForge.payload(OTHER_IMAGE));
        annotations(layer).put(LegacyTag.SIGNATURE, LegacyForge.sign(KEY, other));
        assertRejected(tag(layer), "not signed by any");
    }

    /** What the key signed to attest something is no signature of the image, although it verifies. */
    @Test
    void refusesASignedEnvelopeAsAPayload() throws Exception {
        byte[] signedBytes = DsseEnvelope.signedBytes(PAYLOAD);
        assertRejected(tag(LegacyForge.signed(store, signedBytes, KEY)), "is not valid JSON");
    }

    @Test
    void refusesAStatementAsAPayload() throws Exception {
        assertRejected(tag(LegacyForge.signed(store, PAYLOAD, KEY)), "unknown member");
    }

    @Test
    void refusesTheTypeOfOtherTools() throws Exception {
        ObjectNode payload = LegacyForge.payload(IMAGE);
        ((ObjectNode) payload.get("critical")).put("type", "atomic container signature");
        assertPayloadRejected(payload, "critical.type", "found 'atomic container signature'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"type", "image", "identity"})
    void refusesAPayloadWithoutOneOfItsParts(String part) throws Exception {
        ObjectNode payload = LegacyForge.payload(IMAGE);
        ((ObjectNode) payload.get("critical")).remove(part);
        assertPayloadRejected(payload, "critical." + part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/critical", "/critical/image", "/critical/identity"})
    void refusesUnknownMembers(String place) throws Exception {
        ObjectNode payload = LegacyForge.payload(IMAGE);
        ((ObjectNode) payload.at(place))
                .put("docker-manifest-digest2", IMAGE.digest().toString());
        assertPayloadRejected(payload, "docker-manifest-digest2", "unknown member");
    }

    /** Go's reader, which cosign uses, would take the second for the first. */
    @Test
    void refusesAMemberThatDiffersInCaseOnly() throws Exception {
        ObjectNode payload = LegacyForge.payload(IMAGE);
        ((ObjectNode) payload.at("/critical/image"))
                .put("Docker-Manifest-Digest", OTHER_IMAGE.digest().toString());
        assertPayloadRejected(payload, "Docker-Manifest-Digest");
    }

    @Test
    void refusesTwoDigestsInOnePayload() throws Exception {
        String twice = new String(StrictJson.write(LegacyForge.payload(IMAGE)), StandardCharsets.UTF_8)
                .replace(
                        "{\"docker-manifest",
                        "{\"docker-manifest-digest\":\"" + OTHER_IMAGE.digest() + "\",\"docker-manifest");
        assertRejected(tag(LegacyForge.signed(store, bytes(twice), KEY)), "a member occurs twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256:00", "latest", "sha512:00"})
    void refusesMalformedDigests(String digest) throws Exception {
        ObjectNode payload = LegacyForge.payload(IMAGE);
        ((ObjectNode) payload.at("/critical/image")).put("docker-manifest-digest", digest);
        assertPayloadRejected(payload, "is not a digest");
    }

    /** A statement could be smuggled in as optional; nothing of it is read. */
    @Test
    void nothingOptionalBecomesPartOfTheStatement() throws Exception {
        ObjectNode payload = LegacyForge.payload(IMAGE);
        ObjectNode optional = payload.putObject("optional");
        optional.put("predicateType", "https://slsa.dev/provenance/v1").put("verified", true);
        optional.putObject("predicate").put("builder", "https://jenkins.example.com/");
        tag(signed(payload));
        Statement statement = read().verified().get(0).statement();
        assertThat(statement.observation()).isEmpty();
        assertThat(statement.predicate().isEmpty()).isTrue();
        assertThat(statement.predicateType()).isEqualTo("https://sigstore.dev/cosign/sign/v1");
    }

    @Test
    void readsAPayloadWithNothingOptionalAsCosignWritesIt() throws Exception {
        ObjectNode payload = LegacyForge.payload(IMAGE);
        payload.putNull("optional");
        tag(signed(payload));
        assertThat(read().verified()).hasSize(1);
    }

    @Test
    void refusesAnObserverThatDoesNotExist() throws Exception {
        ObjectNode payload = LegacyForge.payload(IMAGE);
        ((ObjectNode) payload.get("optional")).put("io.jenkins.plugins.airworthy/observer", "god");
        assertPayloadRejected(payload, "unknown observer 'god'");
    }

    /** Beside the payload anybody with access to the repository can write what he likes. */
    @Test
    void annotationsOfTheLayerSayNothingAboutTheImage() throws Exception {
        ObjectNode payload = LegacyForge.payload(IMAGE);
        payload.putNull("optional");
        ObjectNode layer = signed(payload);
        annotations(layer)
                .put("io.jenkins.plugins.airworthy/observer", "controller")
                .put("io.jenkins.plugins.airworthy/observedAt", "2026-05-01T12:00:00Z")
                .put("predicateType", "https://slsa.dev/provenance/v1");
        tag(layer);
        Statement statement = read().verified().get(0).statement();
        assertThat(statement.observation()).isEmpty();
        assertThat(statement.predicateType()).isEqualTo("https://sigstore.dev/cosign/sign/v1");
    }

    @Test
    void refusesALayerWithoutASignature() throws Exception {
        ObjectNode layer = signed(LegacyForge.payload(IMAGE));
        annotations(layer).remove(LegacyTag.SIGNATURE);
        assertRejected(tag(layer), LegacyTag.SIGNATURE + ": is missing");
        annotations(layer).put(LegacyTag.SIGNATURE, "");
        assertRejected(tag(layer), "a signature has 1 to 1024 bytes");
        annotations(layer).put(LegacyTag.SIGNATURE, Forge.base64(new byte[1025]));
        assertRejected(tag(layer), "a signature has 1 to 1024 bytes");
    }

    @Test
    void refusesEveryOtherFormOfBase64() throws Exception {
        ObjectNode layer = signed(LegacyForge.payload(IMAGE));
        byte[] signature = Base64.getDecoder()
                .decode(annotations(layer).get(LegacyTag.SIGNATURE).textValue());
        // Whatever the signature is, these bytes look different in the two alphabets.
        byte[] special = new byte[] {(byte) 0xfb, (byte) 0xef, (byte) 0xff};
        for (String text : List.of(
                Base64.getUrlEncoder().encodeToString(special),
                Forge.base64(new byte[1]).replace("=", ""),
                "AB==",
                Base64.getMimeEncoder(4, new byte[] {'\n'}).encodeToString(signature),
                " " + Forge.base64(signature))) {
            annotations(layer).put(LegacyTag.SIGNATURE, text);
            assertRejected(tag(layer), LegacyTag.SIGNATURE, "is not base64");
        }
    }

    @Test
    void theSameLayerTwiceIsOneSignature() throws Exception {
        ObjectNode layer = signed(LegacyForge.payload(IMAGE));
        tag(layer, layer.deepCopy());
        assertThat(read().verified()).hasSize(1);
    }

    @Test
    void untrustedSignaturesNextToOursDoNoHarm() throws Exception {
        byte[] payload = StrictJson.write(LegacyForge.payload(IMAGE));
        tag(LegacyForge.signed(store, payload, STRANGER), signed(LegacyForge.payload(IMAGE)));
        assertThat(read().verified()).hasSize(1);
        assertThat(read().rejected()).hasSize(1);
    }

    @Test
    void refusesABackdatedSignatureOfAStolenKey() throws Exception {
        byte[] payload = StrictJson.write(LegacyForge.payload(IMAGE));
        tag(LegacyForge.signed(store, payload, KEY));
        SignatureRecord recorded =
                (subject, digest) -> subject.equals(IMAGE.digest()) && digest.equals(Digest.of(payload));
        assertThat(readWhere(recorded).verified()).hasSize(1);
        EvidenceFound found = readWhere((subject, digest) -> false);
        assertThat(found.verified()).isEmpty();
        assertThat(found.rejected().get(0).reason()).contains("'release'", "revoked", "not among the signatures");
    }

    private EvidenceFound readWhere(SignatureRecord record) throws Exception {
        return EvidenceReader.read(
                store, IMAGE.digest(), List.of(new TrustedKey("release", KEY.publicKey(), Optional.of(record))));
    }

    @Test
    void withoutAKeyNothingIsBelieved() throws Exception {
        tag(signed(LegacyForge.payload(IMAGE)));
        EvidenceFound found = EvidenceReader.read(store, IMAGE.digest(), List.of());
        assertThat(found.verified()).isEmpty();
        assertThat(found.rejected().get(0).reason()).contains("no key was given");
    }
}
