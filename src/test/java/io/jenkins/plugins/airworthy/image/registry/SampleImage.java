package io.jenkins.plugins.airworthy.image.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Small real images and attachments for the tests of stores. */
final class SampleImage {
    private final byte[] config;
    private final byte[] layer;
    private final Manifest manifest;

    private SampleImage(byte[] config, byte[] layer, Manifest manifest) {
        this.config = config;
        this.layer = layer;
        this.manifest = manifest;
    }

    byte[] layer() {
        return layer.clone();
    }

    Manifest manifest() {
        return manifest;
    }

    /** An image whose only layer holds these bytes. */
    static SampleImage of(byte[] layer) throws AirworthyException {
        byte[] config = ("{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":\"layers\","
                        + "\"diff_ids\":[\"" + Descriptor.of("x/y", layer).digest() + "\"]}}")
                .getBytes(StandardCharsets.UTF_8);
        return new SampleImage(config, layer, manifest(config, MediaTypes.OCI_CONFIG, layer, Optional.empty()));
    }

    static SampleImage of(String layer) throws AirworthyException {
        return of(layer.getBytes(StandardCharsets.UTF_8));
    }

    /** Something attached to a subject, told from others by its text. */
    static SampleImage attachedTo(Descriptor subject, String text) throws AirworthyException {
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        byte[] layer = text.getBytes(StandardCharsets.UTF_8);
        return new SampleImage(config, layer, manifest(config, MediaTypes.OCI_EMPTY, layer, Optional.of(subject)));
    }

    private static Manifest manifest(byte[] config, String configType, byte[] layer, Optional<Descriptor> subject)
            throws AirworthyException {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        subject.ifPresent(s -> json.put("artifactType", "application/vnd.example.note"));
        json.set("config", Descriptor.of(configType, config).toJson());
        json.putArray("layers").add(Descriptor.of(MediaTypes.OCI_LAYER, layer).toJson());
        subject.ifPresent(s -> json.set("subject", s.toJson()));
        return Manifest.parse(MediaTypes.OCI_MANIFEST, StrictJson.write(json));
    }

    byte[] config() {
        return config.clone();
    }

    Descriptor layerDescriptor() {
        return Descriptor.of(MediaTypes.OCI_LAYER, layer);
    }

    /** Writes everything but a tag. */
    void writeTo(ImageStore store) throws AirworthyException, InterruptedException {
        writeBlobsTo(store);
        store.putManifest(manifest);
    }

    void writeBlobsTo(ImageStore store) throws AirworthyException, InterruptedException {
        store.putBlob(Descriptor.of("x/y", config), () -> new ByteArrayInputStream(config));
        store.putBlob(layerDescriptor(), () -> new ByteArrayInputStream(layer));
    }
}
