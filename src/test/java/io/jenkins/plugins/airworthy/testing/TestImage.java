package io.jenkins.plugins.airworthy.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** An image made by hand in an OCI layout folder, layer by layer. */
public final class TestImage {
    /** The tag that it gets. */
    public static final String TAG = "made";

    private final ImageStore store;
    private final LayoutReference reference;
    private final List<Descriptor> layers = new ArrayList<>();
    private final List<Digest> diffIds = new ArrayList<>();
    private ObjectNode config = StrictJson.object();
    private String manifestType = MediaTypes.OCI_MANIFEST;
    private String configType = MediaTypes.OCI_CONFIG;

    public TestImage(Path folder) throws Exception {
        reference = (LayoutReference) ImageReference.parse("oci:" + folder + ":" + TAG);
        store = LayoutStore.open(reference);
    }

    public ImageStore store() {
        return store;
    }

    /** A layer compressed with gzip. */
    public TestImage layer(byte[] archive) throws Exception {
        return layer(MediaTypes.OCI_LAYER_GZIP, gzip(archive), Digest.of(archive));
    }

    /** Any bytes as a layer. */
    public TestImage layer(String mediaType, byte[] blob, Digest diffId) throws Exception {
        Descriptor layer = Descriptor.of(mediaType, blob);
        put(layer, blob);
        return declare(layer, diffId);
    }

    /** A layer that the manifest names, whatever the store holds. */
    public TestImage declare(Descriptor layer, Digest diffId) {
        layers.add(layer);
        diffIds.add(diffId);
        return this;
    }

    /** The {@code config} object of the config, with single quotes for double ones. */
    public TestImage config(String json) throws Exception {
        config = StrictJson.parseObject(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "config", 1 << 20)
                .node();
        return this;
    }

    public TestImage docker() {
        manifestType = MediaTypes.DOCKER_MANIFEST;
        configType = MediaTypes.DOCKER_CONFIG;
        return this;
    }

    /** Writes config and manifest, and reads the image back. */
    public PlatformImage make() throws Exception {
        ObjectNode json = StrictJson.object();
        json.put("os", "linux").put("architecture", "amd64");
        json.set("config", config);
        ArrayNode ids = json.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        diffIds.forEach(id -> ids.add(id.toString()));
        byte[] configBytes = StrictJson.write(json);
        Descriptor configDescriptor = Descriptor.of(configType, configBytes);
        put(configDescriptor, configBytes);

        ObjectNode manifest = StrictJson.object();
        manifest.put("schemaVersion", 2).put("mediaType", manifestType);
        manifest.set("config", configDescriptor.toJson());
        ArrayNode list = manifest.putArray("layers");
        layers.forEach(layer -> list.add(layer.toJson()));
        Manifest made = Manifest.parse(manifestType, StrictJson.write(manifest));
        store.putManifest(made);
        store.tag(TAG, made);
        return ImageReader.read(store, reference).platforms().get(0);
    }

    public static byte[] gzip(byte[] bytes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private void put(Descriptor blob, byte[] bytes) throws Exception {
        store.putBlob(blob, () -> new ByteArrayInputStream(bytes));
    }
}
