package io.jenkins.plugins.airworthy.testing.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.image.layer.BadLayerException;
import io.jenkins.plugins.airworthy.image.layer.LayerLimits;
import io.jenkins.plugins.airworthy.image.layer.PaxRecords;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.MemoryStore;
import io.jenkins.plugins.airworthy.testing.TestImage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Layers as archives: files where an engine would put them, or refused. */
public final class LayerFuzzTest {
    private static final byte[] BASE = new TarBytes()
            .directory("etc/")
            .file("etc/passwd", "root:x:0:0\n")
            .directory("a/")
            .file("a/b", "c")
            .symbolicLink("link", "a")
            .bytes();
    private static final byte[] LAYER = new TarBytes()
            .directory("etc/")
            .file("etc/hosts", "127.0.0.1 localhost\n", 0644, 1000, 1000)
            .extended(
                    'x', TarBytes.record("path", "a/" + "long/".repeat(30) + "name") + TarBytes.record("mtime", "1.5"))
            .file("short", "long name")
            .extended('L', "a/gnu-long-name\0")
            .file("short", "gnu")
            .symbolicLink("up", "../..")
            .hardLink("twin", "etc/hosts")
            .file("a/.wh.b", "")
            .directory("empty/", 01777, 0, 0)
            .header(TarBytes.header("fifo", '6', 0640, 0, 0, 0, ""))
            .bytes();
    private static final String[] WORDS = {
        "../x",
        "/x",
        "a/b",
        "a/.wh.b",
        ".wh..wh..opq",
        "a/.wh..wh..opq",
        ".wh.",
        ".wh...",
        "link/x",
        "up/x",
        "0000000",
        "7777777",
        "00000000000",
        "77777777777",
        "\u0080\0\0\0\0\0\0\0\0\0\1",
        "path=",
        "linkpath=",
        "size=",
        "GNU.sparse.size=1",
        "30 path=x\n",
        "ustar\00000",
        "ustar  ",
        "./",
        "a//b",
        "a/./b",
        "\u0000"
    };

    @TestFactory
    Stream<DynamicTest> everyLayerIsAppliedOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("layer-tar", Form.TAR, LayerFuzzTest::readTar)
                        .at(Target.Pace.SLOW)
                        .names("layer |image ")
                        .seeds(List.of(LAYER, BASE))
                        .words(WORDS),
                Target.of("layer-gzip", Form.BYTES, LayerFuzzTest::readGzip)
                        .at(Target.Pace.SLOW)
                        .names("layer |image ")
                        .seeds(List.of(gzip(LAYER))),
                Target.of("pax-records", Form.BYTES, LayerFuzzTest::readPax)
                        .at(Target.Pace.FAST)
                        .seeds(TarBytes.record("path", "a/b")
                                + TarBytes.record("size", "12")
                                + TarBytes.record("comment", "x"))
                        .words(
                                "path",
                                "linkpath",
                                "size",
                                "uid",
                                "=",
                                "\n",
                                "9 a=b\n",
                                "1",
                                "-1",
                                "99999999999999999999",
                                "GNU.sparse"));
    }

    private static byte[] gzip(byte[] bytes) {
        try {
            return TestImage.gzip(bytes);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** An image of a base and one more layer. */
    public static PlatformImage image(MemoryStore store, byte[] archive) throws Exception {
        return image(store, MediaTypes.OCI_LAYER, archive, Digest.of(archive));
    }

    private static PlatformImage image(MemoryStore store, String type, byte[] blob, Digest diffId) throws Exception {
        ObjectNode config = StrictJson.object().put("os", "linux").put("architecture", "amd64");
        config.putObject("config").put("User", "1000").putArray("Env").add("PATH=/bin");
        config.putObject("rootfs")
                .put("type", "layers")
                .putArray("diff_ids")
                .add(Digest.of(BASE).toString())
                .add(diffId.toString());
        byte[] bytes = StrictJson.write(config);
        ObjectNode manifest = StrictJson.object().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_MANIFEST);
        manifest.set("config", Descriptor.of(MediaTypes.OCI_CONFIG, bytes).toJson());
        manifest.putArray("layers")
                .add(put(store, MediaTypes.OCI_LAYER, BASE).toJson())
                .add(put(store, type, blob).toJson());
        ImageManifest parsed = (ImageManifest) Manifest.parse(MediaTypes.OCI_MANIFEST, StrictJson.write(manifest));
        ImageConfig read = ImageConfig.parse(bytes, "config");
        return new PlatformImage(parsed.digest(), read.platform(), parsed, read);
    }

    private static Descriptor put(MemoryStore store, String type, byte[] blob) throws Exception {
        Descriptor descriptor = Descriptor.of(type, blob);
        store.putBlob(descriptor, () -> new ByteArrayInputStream(blob));
        return descriptor;
    }

    private static void readTar(byte[] input) throws Exception {
        MemoryStore store = new MemoryStore();
        ImageFileSystem files = ImageFileSystem.read(store, image(store, input), Progress.SILENT);
        ImageFile root = found(files.find("/")).orElseThrow();
        walk(files, root, "", 0);
        for (String path : List.of("/etc/passwd", "/a/b", "/link/b", "/up/etc/../a", "../../etc", "twin")) {
            found(files.follow(path))
                    .filter(file -> file.kind() == ImageFile.Kind.FILE)
                    .ifPresent(file -> read(files, file));
        }
    }

    private static Optional<ImageFile> found(Lookup lookup) {
        return lookup instanceof Lookup.Found found ? Optional.of(found.file()) : Optional.empty();
    }

    private static void read(ImageFileSystem files, ImageFile file) {
        try {
            if (file.size() <= LayerLimits.MAX_CONTENT_BYTES) {
                files.contents(
                        Set.of(file),
                        (of, content) -> hold(content.length == of.size(), "another content than the file's"));
            }
        } catch (Exception e) {
            throw new AssertionError("a layer that was read cannot be read again", e);
        }
    }

    /** No name leads anywhere but down, and none is a whiteout. */
    private static void walk(ImageFileSystem files, ImageFile directory, String path, int depth) {
        hold(depth <= LayerLimits.MAX_DEPTH, "deeper than allowed");
        for (Map.Entry<String, ImageFile> entry : files.list(directory).entrySet()) {
            String name = entry.getKey();
            hold(
                    !name.isEmpty() && !name.equals(".") && !name.equals("..") && !name.contains("/"),
                    "a name that leads elsewhere: " + name);
            hold(!name.startsWith(".wh."), "a whiteout is a file: " + path + "/" + name);
            if (entry.getValue().isDirectory()) {
                walk(files, entry.getValue(), path + "/" + name, depth + 1);
            }
        }
    }

    private static void readGzip(byte[] input) throws Exception {
        MemoryStore store = new MemoryStore();
        PlatformImage image = image(store, MediaTypes.OCI_LAYER_GZIP, input, Digest.of(LAYER));
        ImageFileSystem files = ImageFileSystem.read(store, image, Progress.SILENT);
        files.contents(
                Set.of(found(files.find("/etc/hosts")).orElseThrow()),
                (file, content) -> hold(
                        new String(content, UTF_8).equals("127.0.0.1 localhost\n"),
                        "other content than the archive's"));
    }

    private static void readPax(byte[] input) throws Exception {
        try {
            PaxRecords read = PaxRecords.parse(input);
            read.text("path");
            hold(read.number("size").orElse(0) >= 0, "a size below nothing");
        } catch (BadLayerException e) {
            throw new InvalidInputException(Target.SOURCE + ": " + e.getMessage(), e);
        }
    }
}
