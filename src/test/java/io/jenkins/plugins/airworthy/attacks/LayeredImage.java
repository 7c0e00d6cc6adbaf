package io.jenkins.plugins.airworthy.attacks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An image whose config can say anything about its layers. */
final class LayeredImage {
    private static final int ZSTD_BLOCK = 64 * 1024;

    private final List<byte[]> layers = new ArrayList<>();
    private final List<Digest> names = new ArrayList<>();
    private final ArrayNode history = StrictJson.object().putArray("history");
    private final Map<String, String> annotations = new LinkedHashMap<>();

    /** A layer under the name of these uncompressed bytes. */
    LayeredImage with(byte[] layer, byte[] named) {
        layers.add(layer);
        names.add(Digest.of(named));
        return this;
    }

    /** A line of the history, with or without a layer. */
    LayeredImage made(String by, boolean emptyLayer) {
        ObjectNode line = history.addObject().put("created_by", by);
        if (emptyLayer) {
            line.put("empty_layer", true);
        }
        return this;
    }

    /** Members of the last line of the history that are not those that there are. */
    LayeredImage called(String emptyLayer, String createdBy) {
        ((ObjectNode) history.get(history.size() - 1)).put(emptyLayer, true).put(createdBy, "CMD");
        return this;
    }

    /** An annotation of every layer. */
    LayeredImage annotated(String name, String value) {
        annotations.put(name, value);
        return this;
    }

    /** These bytes as a zstd frame of blocks that are not compressed (RFC 8878), which can contain any entry. */
    static byte[] zstd(byte[] plain) {
        ByteBuffer frame = ByteBuffer.allocate(plain.length + 3 * (plain.length / ZSTD_BLOCK + 1) + 13)
                .order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(0xfd2fb528).put((byte) 0xe0).putLong(plain.length);
        for (int at = 0; at <= plain.length; at += ZSTD_BLOCK) {
            int length = Math.min(ZSTD_BLOCK, plain.length - at);
            int header = length << 3 | (at + ZSTD_BLOCK > plain.length ? 1 : 0);
            frame.putShort((short) header).put((byte) (header >> 16)).put(plain, at, length);
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    ResolvedImage in(Path folder, String tag) throws Exception {
        ImageReference reference = ImageReference.parse("oci:" + folder + ":" + tag);
        ImageStore store = LayoutStore.open((LayoutReference) reference);
        store.tag(tag, put(store));
        return ImageReader.read(store, reference);
    }

    Manifest put(ImageStore store) throws Exception {
        ObjectNode config = StrictJson.object();
        config.put("architecture", "amd64").put("os", "linux");
        config.putObject("config").put("User", "1000");
        ArrayNode diffIds = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        names.forEach(name -> diffIds.add(name.toString()));
        if (!history.isEmpty()) {
            config.set("history", history);
        }
        Descriptor[] descriptors = new Descriptor[layers.size()];
        for (int i = 0; i < descriptors.length; i++) {
            Descriptor blob = Samples.blob(store, MediaTypes.OCI_LAYER_GZIP, layers.get(i));
            descriptors[i] = new Descriptor(
                    blob.mediaType(), blob.digest(), blob.size(), Optional.empty(), annotations, Optional.empty());
        }
        return Samples.put(
                store,
                Samples.manifest(Samples.blob(store, MediaTypes.OCI_CONFIG, StrictJson.write(config)), descriptors));
    }
}
