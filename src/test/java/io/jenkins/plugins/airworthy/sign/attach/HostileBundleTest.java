package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.MemoryStore;
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import static io.jenkins.plugins.airworthy.sign.bundle.Forge.IMAGE;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.OTHER_IMAGE;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.attach;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.bundle;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.bytes;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Bundles and manifests made to confuse or exhaust the parser (attacks, row 7). */
class HostileBundleTest extends AttackedImage {
    private static String payload(String subject) {
        return "{\"_type\":\"https://in-toto.io/Statement/v1\"," + subject
                + "\"predicateType\":\"https://sigstore.dev/cosign/sign/v1\",\"predicate\":{}}";
    }

    private static String subject(Descriptor image) {
        return "{\"digest\":{\"sha256\":\"" + image.digest().hex() + "\"}}";
    }

    @Test
    void rejectsDuplicateKeysInTheBundle() throws Exception {
        String json = new String(StrictJson.write(bundle(PAYLOAD, KEY)), StandardCharsets.UTF_8);
        String twice = json.replace("\"payloadType\":", "\"payloadType\":\"text/plain\",\"payloadType\":");
        assertRejected(bytes(twice), "occurs twice");
    }

    @Test
    void rejectsDuplicateKeysInTheStatement() throws Exception {
        assertPayloadRejected(
                payload("\"subject\":[" + subject(OTHER_IMAGE) + "],\"subject\":[" + subject(IMAGE) + "],"),
                "occurs twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.dev.sigstore.bundle+json;version=0.1",
                "application/vnd.dev.sigstore.bundle+json;version=0.2",
                "application/vnd.dev.sigstore.bundle.v0.4+json",
                "application/vnd.dev.sigstore.bundle.v0.3+json ",
                ""
            })
    void rejectsUnknownVersionOfTheBundle(String type) throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        bundle.put("mediaType", type);
        assertRejected(StrictJson.write(bundle), "mediaType");
    }

    @Test
    void acceptsBothSpellingsOfVersionThree() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        bundle.put("mediaType", "application/vnd.dev.sigstore.bundle+json;version=0.3");
        attach(store, IMAGE, StrictJson.write(bundle));
        assertThat(read().verified()).hasSize(1);
    }

    @Test
    void rejectsUnknownMemberOfTheBundle() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        bundle.put("alsoBelieve", true);
        assertRejected(StrictJson.write(bundle), "alsoBelieve", "unknown member");
    }

    @Test
    void rejectsMessageSignature() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        bundle.remove("dsseEnvelope");
        bundle.putObject("messageSignature").put("signature", "AAAA");
        assertRejected(StrictJson.write(bundle), "messageSignature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{}", "\u00ff"})
    void garbageInsteadOfABundle(String garbage) throws Exception {
        assertRejected(garbage.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void rejectsDeeplyNestedBundle() throws Exception {
        assertRejected(bytes("{\"a\":".repeat(100_000)), "nested deeper");
    }

    @Test
    void rejectsManifestWithTwoLayers() throws Exception {
        byte[] bundle = StrictJson.write(bundle(PAYLOAD, KEY));
        ObjectNode manifest = manifestAround(bundle);
        manifest.withArray("layers").add(manifest.get("layers").get(0).deepCopy());
        assertRejected(Forge.put(store, manifest), "exactly one layer, found 2");
    }

    @Test
    void rejectsManifestWithoutLayer() throws Exception {
        ObjectNode manifest = Forge.manifest(IMAGE, Descriptor.of(Bundle.TYPE, bytes("x")));
        manifest.putArray("layers");
        assertRejected(Forge.put(store, manifest), "exactly one layer, found 0");
    }

    @Test
    void rejectsLayerOfAnotherType() throws Exception {
        Descriptor layer = Descriptor.of(MediaTypes.OCI_LAYER_GZIP, bytes("x"));
        assertRejected(Forge.put(store, Forge.manifest(IMAGE, layer)), "not a Sigstore bundle");
    }

    @Test
    void giantBundleIsNotEvenFetched() throws Exception {
        Descriptor layer = new Descriptor(Bundle.TYPE, Digest.of(bytes("x")), 1L << 40);
        assertRejected(Forge.put(store, Forge.manifest(IMAGE, layer)), "larger than the allowed");
        assertThat(store.requests).hasValue(4); // the list, two tags, the manifest
    }

    @Test
    void layerShorterThanItsBlobIsUndecided() throws Exception {
        byte[] bundle = StrictJson.write(bundle(PAYLOAD, KEY));
        Descriptor layer = new Descriptor(Bundle.TYPE, Digest.of(bundle), bundle.length - 1);
        store.blobs.put(layer.digest(), bundle);
        Forge.put(store, Forge.manifest(IMAGE, layer));
        assertThatThrownBy(this::read).isInstanceOf(UndecidedException.class);
    }

    @Test
    void thousandsOfReferrersDecideNothing() {
        for (int i = 0; i <= EvidenceReader.MAX_REFERRERS; i++) {
            store.listed.add(Descriptor.of(MediaTypes.OCI_MANIFEST, bytes("referrer " + i)));
        }
        assertThatThrownBy(this::read)
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("6001 referrers, more than the allowed 6000: 'airworthy evidence prune' removes");
        assertThat(store.requests).hasValueLessThanOrEqualTo(3); // the list, and two tags beside it
    }

    @Test
    void manyGiantBundlesDecideNothing() throws Exception {
        Map<Digest, Integer> fills = new HashMap<>();
        MemoryStore giants = new MemoryStore() {
            @Override
            public InputStream openBlob(Descriptor blob) {
                return new ByteArrayInputStream(giant(fills.get(blob.digest())));
            }
        };
        for (int i = 0; i < EvidenceBlobs.MAX_TOTAL_BYTES / Bundle.MAX_BYTES + 1; i++) {
            Descriptor layer = Descriptor.of(Bundle.TYPE, giant(i));
            fills.put(layer.digest(), i);
            Forge.put(giants, Forge.manifest(IMAGE, layer));
        }
        assertThatThrownBy(() -> EvidenceReader.read(giants, IMAGE.digest(), List.of()))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("more than the allowed 536870912 bytes together");
    }

    private static byte[] giant(int fill) {
        byte[] giant = new byte[Bundle.MAX_BYTES];
        giant[0] = (byte) fill;
        return giant;
    }

    @Test
    void reasonsCannotForgeALineOfALog() throws Exception {
        ObjectNode bundle = bundle(PAYLOAD, KEY);
        bundle.put("mediaType", "x\nPASSED\u001b[2J\u202e");
        attach(store, IMAGE, StrictJson.write(bundle));
        assertThat(read().rejected().get(0).reason()).doesNotContain("\n", "\u001b", "\u202e");
    }

    @Test
    void aChangedBundleSaysWhatWasSignedOrNothing() throws Exception {
        BundleVerifier verifier = new BundleVerifier(
                IMAGE.digest(), TrustedSigners.of(List.of(new TrustedKey("release", KEY.publicKey()))));
        byte[] bundle = StrictJson.write(bundle(PAYLOAD, KEY));
        Digest manifest = Digest.of(bundle);
        Random random = new Random(7);
        int believed = 0;
        for (int i = 0; i < 4_000; i++) {
            byte[] changed =
                    random.nextInt(5) == 0 ? Arrays.copyOf(bundle, random.nextInt(bundle.length)) : bundle.clone();
            for (int changes = random.nextInt(4); changes > 0 && changed.length > 0; changes--) {
                changed[random.nextInt(changed.length)] =
                        (byte) (random.nextBoolean() ? ' ' + random.nextInt(95) : random.nextInt());
            }
            try {
                EvidenceCheck judgement = verifier.judge(manifest, changed, "bundle");
                assertThat(((EvidenceCheck.Believed) judgement).evidence().statement())
                        .isEqualTo(statement(IMAGE));
                believed++;
            } catch (InvalidInputException e) {
                assertThat(e).hasMessageStartingWith("bundle");
            }
        }
        assertThat(believed).isBetween(100, 2_000); // unchanged, or changed in the hint only
    }
}
