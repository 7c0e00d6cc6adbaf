package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.LayersTag;
import io.jenkins.plugins.airworthy.sign.MemoryStore;
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;
import io.jenkins.plugins.airworthy.sign.bundle.SimpleSigning;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.jenkins.plugins.airworthy.sign.bundle.Forge.IMAGE;
import static io.jenkins.plugins.airworthy.sign.bundle.Forge.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Older tags that stand for anything but a few signatures, or that the registry does not give out (attacks, row 7). */
class HostileLegacyTagTest extends AttackedImage {
    private Digest tag(ObjectNode... layers) throws Exception {
        return LegacyForge.tag(store, LegacyTag.SIGNATURES, IMAGE.digest(), layers);
    }

    private ObjectNode signature() throws Exception {
        return LegacyForge.signed(store, StrictJson.write(LegacyForge.payload(IMAGE)), KEY);
    }

    @ParameterizedTest
    @EnumSource(LegacyTag.class)
    void refusesATagThatPointsAtAnIndex(LegacyTag tag) throws Exception {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX).putArray("manifests");
        Manifest index = Manifest.parse(MediaTypes.OCI_INDEX, StrictJson.write(json));
        store.tag(tag.of(IMAGE.digest()), index);
        assertRejected(index.digest(), "at the tag " + tag.of(IMAGE.digest()), "is an index");
    }

    @Test
    void refusesALayerOfAnotherType() throws Exception {
        ObjectNode layer = signature().put("mediaType", MediaTypes.OCI_LAYER_GZIP);
        assertRejected(tag(layer), "is of type '" + MediaTypes.OCI_LAYER_GZIP + "'");
    }

    @Test
    void aGiantPayloadIsNotEvenFetched() throws Exception {
        ObjectNode layer = signature().put("size", 1L << 40);
        Digest manifest = tag(layer);
        store.requests.set(0);
        assertRejected(manifest, "more than the allowed " + SimpleSigning.MAX_BYTES);
        assertThat(store.requests).hasValue(3);
    }

    @Test
    void aGiantEnvelopeIsNotEvenFetched() throws Exception {
        ObjectNode layer = LegacyForge.attested(store, PAYLOAD, KEY).put("size", 1L << 40);
        Digest manifest = LegacyForge.tag(store, LegacyTag.ATTESTATIONS, IMAGE.digest(), layer);
        store.requests.set(0);
        assertRejected(manifest, "more than the allowed " + Bundle.MAX_BYTES);
        assertThat(store.requests).hasValue(3);
    }

    @Test
    void refusesGiantAnnotations() throws Exception {
        ObjectNode layer = signature();
        ((ObjectNode) layer.get("annotations"))
                .put("dev.sigstore.cosign/chain", "x".repeat(LegacyLayer.MAX_ANNOTATIONS));
        assertRejected(tag(layer), "its annotations have", "more than the allowed " + LegacyLayer.MAX_ANNOTATIONS);
    }

    @Test
    void thousandsOfLayersDecideNothing() throws Exception {
        ObjectNode[] layers = new ObjectNode[LayersTag.MAX_LAYERS + 1];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = Descriptor.of(LegacyTag.SIGNATURES.layerType(), bytes("layer " + i))
                    .toJson();
        }
        tag(layers);
        store.requests.set(0);
        assertThatThrownBy(this::read)
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("1001 layers, more than the allowed 1000");
        assertThat(store.requests).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void manySignaturesOfOnePayloadAreOneRequest() throws Exception {
        byte[] payload = StrictJson.write(LegacyForge.payload(IMAGE));
        ObjectNode[] layers = new ObjectNode[50];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = LegacyForge.signed(store, payload, i == 7 ? KEY : STRANGER);
        }
        tag(layers);
        store.requests.set(0);
        EvidenceFound found = read();
        assertThat(found.verified()).hasSize(1);
        assertThat(found.rejected()).hasSize(49);
        assertThat(store.requests).hasValue(4);
    }

    @Test
    void aPayloadThatIsNotThereDecidesNothing() throws Exception {
        tag(signature());
        store.blobs.clear();
        assertThatThrownBy(this::read).isInstanceOf(UndecidedException.class);
    }

    @Test
    void aPayloadThatArrivedChangedDecidesNothing() throws Exception {
        ObjectNode layer = signature();
        tag(layer);
        Digest blob = Digest.parse(layer.get("digest").textValue());
        byte[] changed = store.blobs.get(blob).clone();
        changed[0]++;
        store.blobs.put(blob, changed);
        assertThatThrownBy(this::read)
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("arrived incomplete or changed");
    }

    @ParameterizedTest
    @EnumSource(LegacyTag.class)
    void onlyWhatTheRegistrySaysIsNotThereIsAbsent(LegacyTag tag) {
        MemoryStore broken = new MemoryStore() {
            @Override
            public Optional<Manifest> manifest(String asked) throws AirworthyException {
                if (asked.equals(tag.of(IMAGE.digest()))) {
                    throw new UndecidedException("the registry answered 503");
                }
                return super.manifest(asked);
            }
        };
        assertThatThrownBy(() -> EvidenceReader.read(
                        broken, IMAGE.digest(), List.of(new TrustedKey("release", KEY.publicKey()))))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("503");
    }

    @Test
    void aManifestThatCannotBeParsedDecidesNothing() {
        MemoryStore broken = new MemoryStore() {
            @Override
            public Optional<Manifest> manifest(String asked) throws AirworthyException {
                throw new InvalidInputException("manifest sha256:00: layers: expected an array");
            }
        };
        assertThatThrownBy(() -> EvidenceReader.read(
                        broken, IMAGE.digest(), List.of(new TrustedKey("release", KEY.publicKey()))))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("the tag sha256-" + IMAGE.digest().hex())
                .hasMessageContaining("expected an array");
    }

    /** The layers of one manifest are judged each for itself, so that a good one does not vouch for a bad one. */
    @Test
    void badLayersNextToGoodOnesAreRejectedOneByOne() throws Exception {
        ObjectNode foreign = LegacyForge.layer(store, LegacyTag.SIGNATURES, bytes("{}"), Map.of());
        tag(signature(), foreign, signature().put("mediaType", "application/x-other"));
        EvidenceFound found = read();
        assertThat(found.verified()).hasSize(1);
        assertThat(found.rejected()).hasSize(2);
    }
}
