package io.jenkins.plugins.airworthy.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes images of a few files, in a layout folder. */
final class SampleImage {
    static final String PLANTED = "ghp_016C7MHV6DKC3pyYfFhtUjHBYPgZvm2abcde";

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final ObjectNode config = StrictJson.object();
    private final ObjectNode history = StrictJson.object();

    SampleImage with(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    SampleImage withEnvironment(String variable) {
        config.withArrayProperty("Env").add(variable);
        return this;
    }

    SampleImage builtBy(String command) {
        history.withArrayProperty("history").addObject().put("created_by", command);
        return this;
    }

    /** An archive that names itself as Maven does; there are no classes in it. */
    SampleImage withJar(String group, String artifact, String version) throws IOException {
        ByteArrayOutputStream jar = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(jar)) {
            zip.putNextEntry(new ZipEntry("META-INF/maven/" + group + "/" + artifact + "/pom.properties"));
            zip.write(("groupId=" + group + "\nartifactId=" + artifact + "\nversion=" + version + "\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        files.put("app/lib/" + artifact + "-" + version + ".jar", jar.toByteArray());
        return this;
    }

    static SampleImage withLog4Shell() throws IOException {
        return new SampleImage()
                .withJar("org.apache.logging.log4j", "log4j-core", "2.14.1")
                .with("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n")
                .with("etc/debian_version", "12.5\n")
                .with(
                        "var/lib/dpkg/status",
                        "Package: zlib\nStatus: install ok installed\nVersion: 1:1.2.13\nArchitecture: amd64\n\n");
    }

    /** Puts the image into the folder under a tag. */
    ResolvedImage in(Path folder, String tag) throws AirworthyException, IOException, InterruptedException {
        LayoutReference reference = new LayoutReference(folder, Optional.of(tag), Optional.empty());
        try (ImageStore store = LayoutStore.open(reference)) {
            Manifest manifest = put(store, "amd64");
            store.tag(tag, manifest);
            return ImageReader.read(store, reference);
        }
    }

    /** Puts two images, for amd64 and arm64, into the folder under one tag. */
    static ResolvedImage indexIn(Path folder, String tag, SampleImage amd64, SampleImage arm64)
            throws AirworthyException, IOException, InterruptedException {
        LayoutReference reference = new LayoutReference(folder, Optional.of(tag), Optional.empty());
        try (ImageStore store = LayoutStore.open(reference)) {
            ObjectNode index = StrictJson.object();
            index.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
            index.putArray("manifests")
                    .add(amd64.put(store, "amd64").descriptor().toJson())
                    .add(arm64.put(store, "arm64").descriptor().toJson());
            Manifest manifest = Manifest.parse(MediaTypes.OCI_INDEX, StrictJson.write(index));
            store.putManifest(manifest);
            store.tag(tag, manifest);
            return ImageReader.read(store, reference);
        }
    }

    Manifest put(ImageStore store, String architecture) throws AirworthyException, IOException, InterruptedException {
        byte[] tar = tar();
        ObjectNode configuration = history.deepCopy();
        configuration.put("architecture", architecture).put("os", "linux").set("config", config);
        configuration
                .putObject("rootfs")
                .put("type", "layers")
                .putArray("diff_ids")
                .add(Digest.of(tar).toString());
        ObjectNode manifest = StrictJson.object();
        manifest.put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        manifest.set(
                "config",
                blob(store, MediaTypes.OCI_CONFIG, StrictJson.write(configuration))
                        .toJson());
        manifest.putArray("layers").add(blob(store, MediaTypes.OCI_LAYER, tar).toJson());
        Manifest parsed = Manifest.parse(MediaTypes.OCI_MANIFEST, StrictJson.write(manifest));
        store.putManifest(parsed);
        return parsed;
    }

    private static Descriptor blob(ImageStore store, String type, byte[] bytes)
            throws AirworthyException, InterruptedException {
        Descriptor blob = Descriptor.of(type, bytes);
        store.putBlob(blob, () -> new ByteArrayInputStream(bytes));
        return blob;
    }

    private byte[] tar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setModTime(0);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }
}
