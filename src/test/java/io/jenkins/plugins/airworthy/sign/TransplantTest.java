package io.jenkins.plugins.airworthy.sign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.Descriptor;
import io.jenkins.plugins.airworthy.image.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import static io.jenkins.plugins.airworthy.sign.Forge.IMAGE;
import static io.jenkins.plugins.airworthy.sign.Forge.OTHER_IMAGE;
import static io.jenkins.plugins.airworthy.sign.Forge.attach;
import static io.jenkins.plugins.airworthy.sign.Forge.bundle;
import static io.jenkins.plugins.airworthy.sign.Forge.bytes;
import static io.jenkins.plugins.airworthy.sign.Forge.envelope;
import static io.jenkins.plugins.airworthy.sign.Forge.signature;
import static io.jenkins.plugins.airworthy.sign.Forge.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Statements that are missing, or about something else (attacks, rows 1 and 2). */
class TransplantTest extends AttackedImage {
    private static String payload(String subject) {
        return "{\"_type\":\"https://in-toto.io/Statement/v1\"," + subject
                + "\"predicateType\":\"https://sigstore.dev/cosign/sign/v1\",\"predicate\":{}}";
    }

    private static String subject(Descriptor image) {
        return "{\"digest\":{\"sha256\":\"" + image.digest().hex() + "\"}}";
    }

    @Test
    void nothingAttachedIsNothingFound() throws Exception {
        EvidenceFound found = read();
        assertThat(found.verified()).isEmpty();
        assertThat(found.rejected()).isEmpty();
    }

    @Test
    void emptySignaturesArrayIsNoSignature() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        envelope(bundle).putArray("signatures");
        assertRejected(StrictJson.write(bundle), "signatures", "exactly one, found 0");
    }

    @Test
    void emptySignatureIsNoSignature() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        signature(bundle).put("sig", "");
        assertRejected(StrictJson.write(bundle), "signatures[0].sig");
    }

    @Test
    void wrongAttestationTypeIsReportedAsWhatItIs_CVE_2022_35929() throws Exception {
        attach(store, IMAGE, StrictJson.write(bundle(PAYLOAD, KEY)));
        assertThat(read().verified())
                .extracting(VerifiedEvidence::predicateType)
                .containsExactly(PredicateTypes.PROVENANCE)
                .doesNotContain(PredicateTypes.COSIGN_SIGNATURE);
    }

    @Test
    void annotationsClaimingAnotherPredicateTypeAreNotBelieved() throws Exception {
        byte[] bundle = StrictJson.write(bundle(PAYLOAD, KEY));
        ObjectNode manifest = manifestAround(bundle);
        manifest.putObject("annotations").put(EvidenceWriter.PREDICATE_TYPE, PredicateTypes.COSIGN_SIGNATURE);
        Forge.put(store, manifest);
        assertThat(read().verified())
                .extracting(VerifiedEvidence::predicateType)
                .containsExactly(PredicateTypes.PROVENANCE);
    }

    @Test
    void listedManifestThatIsNotThereDecidesNothing() throws Exception {
        attach(store, IMAGE, StrictJson.write(bundle(PAYLOAD, KEY)));
        Digest gone = attach(store, IMAGE, StrictJson.write(bundle(PAYLOAD, KEY)));
        store.manifests.remove(gone);
        assertThatThrownBy(this::read)
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining(gone.toString())
                .hasMessageContaining("listed but not there");
    }

    @Test
    void bundleThatIsNotThereDecidesNothing() throws Exception {
        attach(store, IMAGE, StrictJson.write(bundle(PAYLOAD, KEY)));
        store.blobs.clear();
        assertThatThrownBy(this::read).isInstanceOf(UndecidedException.class);
    }

    @Test
    void truncatedBundleDecidesNothing() throws Exception {
        attach(store, IMAGE, StrictJson.write(bundle(PAYLOAD, KEY)));
        store.blobs.replaceAll((digest, bytes) -> Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(this::read)
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("incomplete or changed");
    }

    @Test
    void signatureOfAnotherImageCopiedOver() throws Exception {
        byte[] others = StrictJson.write(bundle(statement(OTHER_IMAGE).toBytes(), KEY));
        assertRejected(others, "statement is about " + OTHER_IMAGE.digest(), "attached to " + IMAGE.digest());
    }

    @Test
    void manifestOfAnotherImageListedHere() throws Exception {
        Digest manifest = attach(store, OTHER_IMAGE, StrictJson.write(bundle(PAYLOAD, KEY)));
        assertRejected(manifest, "attached to " + OTHER_IMAGE.digest());
    }

    @Test
    void manifestAttachedToNothing() throws Exception {
        byte[] bundle = StrictJson.write(bundle(PAYLOAD, KEY));
        ObjectNode manifest = manifestAround(bundle);
        manifest.remove("subject");
        assertRejected(Forge.put(store, manifest), "attached to nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"subject\":null,",
                "\"subject\":[],",
                "\"subject\":[null],",
                "\"subject\":[{}],",
                "\"subject\":[{\"name\":\"registry.example.com/team/app\"}],",
                "\"subject\":[{\"digest\":{}}],",
                "\"subject\":[{\"digest\":{\"sha256\":\"\"}}],",
                "\"subject\":[{\"digest\":{\"sha256\":null}}],",
                "\"subject\":[{\"digest\":{\"sha512\":\"00\"}}],",
                "\"subject\":\"*\","
            })
    void nullEmptyOrMissingSubject(String subject) throws Exception {
        assertPayloadRejected(payload(subject), "statement: subject");
    }

    @Test
    void twoSubjectsOfWhichOneIsOurs() throws Exception {
        assertPayloadRejected(
                payload("\"subject\":[" + subject(IMAGE) + "," + subject(OTHER_IMAGE) + "],"), "exactly one, found 2");
    }

    @Test
    void upperCaseDigestIsAnotherName() throws Exception {
        assertPayloadRejected(
                payload("\"subject\":[{\"digest\":{\"sha256\":\""
                        + IMAGE.digest().hex().toUpperCase(Locale.ROOT) + "\"}}],"),
                "sha256");
    }

    @Test
    void imageMovedToAnotherRepositoryWithItsEvidencePasses() throws Exception {
        attach(store, IMAGE, StrictJson.write(bundle(PAYLOAD, KEY)));
        MemoryStore elsewhere = new MemoryStore();
        elsewhere.blobs.putAll(store.blobs);
        store.manifests.values().forEach(elsewhere::putManifest);
        EvidenceFound found =
                EvidenceReader.read(elsewhere, IMAGE.digest(), List.of(new TrustedKey("release", KEY.publicKey())));
        assertThat(found.verified()).hasSize(1);
    }
}
