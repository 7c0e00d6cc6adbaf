package io.jenkins.plugins.airworthy.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Small images and evidence, made of plain bytes and put into a store. */
public final class Samples {
    public static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private Samples() {}

    /** An image with one layer, a tar of one file. */
    public static ImageManifest image(ImageStore store, String platform, String content)
            throws AirworthyException, InterruptedException {
        byte[] tar = tar("etc/os-release", "ID=alpine\nVERSION_ID=3.18.0\nPRETTY_NAME=\"" + content + "\"\n");
        Descriptor layer = blob(store, MediaTypes.OCI_LAYER_GZIP, gzip(tar));
        Descriptor config = blob(store, MediaTypes.OCI_CONFIG, config(Platform.parse(platform), Digest.of(tar)));
        return (ImageManifest) put(store, manifest(config, layer));
    }

    public static byte[] config(Platform platform, Digest diffId) {
        ObjectNode json = StrictJson.object();
        json.put("architecture", platform.architecture()).put("os", platform.os());
        platform.variant().ifPresent(v -> json.put("variant", v));
        json.putObject("config").put("User", "1000");
        json.putObject("rootfs").put("type", "layers").putArray("diff_ids").add(diffId.toString());
        return StrictJson.write(json);
    }

    public static ObjectNode manifest(Descriptor config, Descriptor... layers) {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST).set("config", config.toJson());
        ArrayNode array = json.putArray("layers");
        List.of(layers).forEach(layer -> array.add(layer.toJson()));
        return json;
    }

    public static ObjectNode index(Descriptor... children) {
        ObjectNode json = StrictJson.object();
        json.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        ArrayNode array = json.putArray("manifests");
        List.of(children).forEach(child -> array.add(child.toJson()));
        return json;
    }

    /** Evidence about a manifest, stored as cosign stores its bundles. */
    public static Manifest evidence(ImageStore store, Manifest subject, String statement)
            throws AirworthyException, InterruptedException {
        Descriptor config = blob(store, MediaTypes.OCI_EMPTY, "{}".getBytes(UTF_8));
        ObjectNode json = manifest(config, blob(store, BUNDLE, statement.getBytes(UTF_8)));
        json.put("artifactType", BUNDLE).set("subject", subject.descriptor().toJson());
        return put(store, json);
    }

    public static Descriptor blob(ImageStore store, String mediaType, byte[] bytes)
            throws AirworthyException, InterruptedException {
        Descriptor blob = Descriptor.of(mediaType, bytes);
        store.putBlob(blob, () -> new ByteArrayInputStream(bytes));
        return blob;
    }

    public static Manifest put(ImageStore store, ObjectNode json) throws AirworthyException, InterruptedException {
        Manifest manifest = parse(json);
        store.putManifest(manifest);
        return manifest;
    }

    public static Manifest parse(ObjectNode json) throws InvalidInputException {
        return Manifest.parse(json.get("mediaType").textValue(), StrictJson.write(json));
    }

    public static byte[] gzip(byte[] bytes) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A tar archive (ustar) of one file. */
    public static byte[] tar(String name, String content) {
        byte[] body = content.getBytes(UTF_8);
        byte[] tar = new byte[512 * (1 + (body.length + 511) / 512 + 2)];
        field(tar, 0, name);
        field(tar, 100, "0000644");
        field(tar, 108, "0000000");
        field(tar, 116, "0000000");
        field(tar, 124, String.format("%011o", body.length));
        field(tar, 136, "00000000000");
        field(tar, 148, "        ");
        field(tar, 156, "0");
        field(tar, 257, "ustar");
        field(tar, 263, "00");
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar[i];
        }
        field(tar, 148, String.format("%06o\0 ", sum));
        System.arraycopy(body, 0, tar, 512, body.length);
        return tar;
    }

    private static void field(byte[] header, int offset, String value) {
        byte[] bytes = value.getBytes(UTF_8);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
