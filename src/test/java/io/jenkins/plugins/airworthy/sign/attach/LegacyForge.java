package io.jenkins.plugins.airworthy.sign.attach;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;
import io.jenkins.plugins.airworthy.sign.bundle.DsseEnvelope;
import io.jenkins.plugins.airworthy.sign.bundle.Forge;
import io.jenkins.plugins.airworthy.sign.bundle.SimpleSigning;
import io.jenkins.plugins.airworthy.sign.key.SigningKey;

import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes layers at cosign's older tags, good ones and every kind of bad ones. */
public final class LegacyForge {
    private LegacyForge() {}

    public static Statement signature(Descriptor image) {
        return EvidenceWriter.signatureOf(
                new Subject(Optional.of("registry.example.com/team/app"), image.digest()),
                Optional.of(new Observation(Observer.CONTROLLER, Forge.NOW)));
    }

    /** The payload that an honest signer signs. */
    public static ObjectNode payload(Descriptor image) throws Exception {
        byte[] written = SimpleSigning.write(signature(image), "registry.example.com/team/app");
        return StrictJson.parseObject(written, "payload", SimpleSigning.MAX_BYTES)
                .node();
    }

    /** A layer as cosign writes it around any payload. */
    public static ObjectNode signed(ImageStore store, byte[] payload, SigningKey key) throws Exception {
        return layer(store, LegacyTag.SIGNATURES, payload, Map.of(LegacyTag.SIGNATURE, sign(key, payload)));
    }

    static String sign(SigningKey key, byte[] payload) throws Exception {
        return Forge.base64(key.sign(payload));
    }

    /** An envelope around any statement, as a layer that tells its type. */
    public static ObjectNode attested(ImageStore store, byte[] payload, SigningKey key) throws Exception {
        byte[] signature = key.sign(DsseEnvelope.signedBytes(payload));
        String type =
                StrictJson.parseObject(payload, "statement", Bundle.MAX_BYTES).string("predicateType");
        return attested(store, new DsseEnvelope(payload, signature).toJson(), type);
    }

    static ObjectNode attested(ImageStore store, ObjectNode envelope) throws Exception {
        return attested(store, envelope, "https://example.com/hint");
    }

    private static ObjectNode attested(ImageStore store, ObjectNode envelope, String type) throws Exception {
        return layer(
                store,
                LegacyTag.ATTESTATIONS,
                StrictJson.write(envelope),
                Map.of(LegacyTag.SIGNATURE, "", LegacyTag.PREDICATE_TYPE, type));
    }

    static ObjectNode layer(ImageStore store, LegacyTag tag, byte[] blob, Map<String, String> annotations)
            throws Exception {
        Descriptor plain = Descriptor.of(tag.layerType(), blob);
        store.putBlob(plain, () -> new ByteArrayInputStream(blob));
        return new Descriptor(
                        plain.mediaType(),
                        plain.digest(),
                        plain.size(),
                        Optional.empty(),
                        new LinkedHashMap<>(annotations),
                        Optional.empty())
                .toJson();
    }

    /** Publishes these layers at the tag for signatures. */
    public static void tagSignatures(ImageStore store, Digest subject, ObjectNode... layers) throws Exception {
        publish(store, LegacyTag.SIGNATURES, subject, layers);
    }

    /** Publishes these layers at the tag for attestations. */
    public static void tagAttestations(ImageStore store, Digest subject, ObjectNode... layers) throws Exception {
        publish(store, LegacyTag.ATTESTATIONS, subject, layers);
    }

    private static void publish(ImageStore store, LegacyTag tag, Digest subject, ObjectNode... layers)
            throws Exception {
        Manifest manifest = manifest(store, layers);
        store.putManifest(manifest);
        store.tag(tag.of(subject), manifest);
    }

    /** Lets the tag of a digest stand for a manifest of these layers. */
    static Digest tag(ImageStore store, LegacyTag tag, Digest subject, ObjectNode... layers) throws Exception {
        Manifest manifest = manifest(store, layers);
        store.tag(tag.of(subject), manifest);
        return manifest.digest();
    }

    private static Manifest manifest(ImageStore store, ObjectNode... layers) throws Exception {
        byte[] config = Forge.bytes("{\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}");
        Descriptor blob = Descriptor.of(MediaTypes.OCI_CONFIG, config);
        store.putBlob(blob, () -> new ByteArrayInputStream(config));
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        json.set("config", blob.toJson());
        ArrayNode array = json.putArray("layers");
        for (ObjectNode layer : layers) {
            array.add(layer);
        }
        return Manifest.parse(MediaTypes.OCI_MANIFEST, StrictJson.write(json));
    }
}
