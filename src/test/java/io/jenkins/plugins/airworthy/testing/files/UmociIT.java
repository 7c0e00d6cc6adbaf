package io.jenkins.plugins.airworthy.testing.files;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.layer.BadLayerException;
import io.jenkins.plugins.airworthy.image.layer.TarEntry;
import io.jenkins.plugins.airworthy.image.layer.TarReader;
import io.jenkins.plugins.airworthy.testing.TestImage;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The same layers, unpacked on the disk by a tool of the Open Containers Initiative. */
class UmociIT {
    @TempDir
    Path folder;

    @Test
    void showsTheFilesThatUmociUnpacks() throws Exception {
        Tool umoci = Tool.require("umoci");
        TestImage image = new TestImage(folder.resolve("layout"));
        image.layer(new TarBytes()
                .directory("./")
                .directory("etc/")
                .file("etc/passwd", "root")
                .file("etc/shadow", "secret", 0640, 0, 42)
                .directory("tmp/", 01777, 0, 0)
                .file("usr/bin/su", "x", 04755, 0, 0)
                .symbolicLink("bin", "usr/bin")
                .hardLink("etc/passwd-", "etc/passwd")
                .symbolicLink("out", "../../../../etc/passwd")
                .file("opaque/old", "old")
                .file("opaque/sub/old", "old")
                .file("gone/deep/file", "old")
                .file("kept/deep/file", "old")
                .file("becomes-directory", "old")
                .file("becomes-file/x", "old")
                .extended('L', "long/".repeat(40) + "name")
                .file("short", "long")
                .bytes());
        image.layer(new TarBytes()
                .file(".wh.gone", "")
                .file("kept/deep/.wh.file", "")
                .directory("opaque/", 0700, 0, 0)
                .file("opaque/.wh..wh..opq", "")
                .file("opaque/sub/new", "new")
                .directory("becomes-directory/", 0711, 0, 0)
                .file("becomes-file", "new")
                .file("etc/passwd", "changed", 0600, 0, 0)
                .bytes());
        image.layer(new TarBytes()
                .file(".wh.never-there", "")
                .file("becomes-directory/x", "again")
                .symbolicLink("tmp", "var/tmp")
                .bytes());
        ImageFileSystem files = ImageFileSystem.read(image.store(), image.make(), Progress.SILENT);

        umoci.run(
                        folder,
                        Map.of(),
                        "unpack",
                        "--rootless",
                        "--image",
                        folder.resolve("layout") + ":" + TestImage.TAG,
                        folder.resolve("bundle").toString())
                .succeeded();

        assertThat(ours(files)).isEqualTo(unpacked(folder.resolve("bundle/rootfs")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void showsTheFilesThatUmociUnpacksOfAnyLayersThatEnginesAgreeOn(long seed) throws Exception {
        Tool umoci = Tool.require("umoci");
        Random random = new Random(seed);
        TestImage image = new TestImage(folder.resolve("layout"));
        List<TarBytes> accepted = new ArrayList<>();
        while (accepted.size() < 5) {
            TarBytes layer = randomLayer(random);
            if (isAccepted(accepted, layer)) {
                accepted.add(layer);
                image.layer(layer.bytes());
            }
        }
        ImageFileSystem files = ImageFileSystem.read(image.store(), image.make(), Progress.SILENT);

        umoci.run(
                        folder,
                        Map.of(),
                        "unpack",
                        "--rootless",
                        "--image",
                        folder.resolve("layout") + ":" + TestImage.TAG,
                        "bundle")
                .succeeded();

        assertThat(ours(files)).isEqualTo(unpacked(folder.resolve("bundle/rootfs")));
    }

    private static boolean isAccepted(List<TarBytes> lower, TarBytes layer) throws Exception {
        LayerApplier applier = new LayerApplier();
        List<TarBytes> all = new ArrayList<>(lower);
        all.add(layer);
        try {
            for (int number = 0; number < all.size(); number++) {
                applier.beginLayer(number);
                TarReader reader =
                        new TarReader(new ByteArrayInputStream(all.get(number).bytes()));
                int entry = 0;
                for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
                    applier.apply(next.get(), entry++);
                }
            }
            return true;
        } catch (BadLayerException e) {
            return false;
        }
    }

    private static TarBytes randomLayer(Random random) {
        TarBytes layer = new TarBytes();
        for (int i = 0; i < 6; i++) {
            String parent = "abc".charAt(random.nextInt(3)) + "/" + (random.nextBoolean() ? "d/" : "");
            String name = String.valueOf("dxyz".charAt(random.nextInt(4)));
            switch (random.nextInt(7)) {
                case 0 -> layer.directory(parent + name + "/", 0700 | random.nextInt(0100), 0, 0);
                case 1 -> layer.symbolicLink(parent + name, "/a/x");
                // Engines make the directory of a whiteout, umoci does not: it is always described here.
                case 2 -> layer.directory(parent).file(parent + ".wh." + name, "");
                case 3 -> layer.directory(parent).file(parent + ".wh..wh..opq", "");
                case 4 -> layer.file(parent + "h" + i, "linked").hardLink(parent + name, parent + "h" + i);
                default -> layer.file(parent + name, "content " + random.nextInt());
            }
        }
        return layer;
    }

    static Map<String, String> ours(ImageFileSystem files) throws Exception {
        Map<String, String> all = new TreeMap<>();
        describe(files, "", ImageFileSystemTest.found(files, "/"), all);
        return all;
    }

    private static void describe(ImageFileSystem files, String path, ImageFile directory, Map<String, String> all)
            throws Exception {
        for (Map.Entry<String, ImageFile> entry : files.list(directory).entrySet()) {
            String name = path + "/" + entry.getKey();
            ImageFile file = entry.getValue();
            String detail =
                    switch (file.kind()) {
                        case DIRECTORY -> "directory " + Integer.toOctalString(file.mode());
                        case SYMBOLIC_LINK -> "link " + file.target();
                        default ->
                            "file " + Integer.toOctalString(file.mode()) + " "
                                    + ImageFileSystemTest.content(files, name);
                    };
            all.put(name, detail);
            if (file.isDirectory()) {
                describe(files, name, file, all);
            }
        }
    }

    static Map<String, String> unpacked(Path root) throws Exception {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : (Iterable<Path>) walk.skip(1)::iterator) {
                int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
                String detail;
                if (Files.isSymbolicLink(path)) {
                    detail = "link " + Files.readSymbolicLink(path);
                } else if (Files.isDirectory(path)) {
                    detail = "directory " + Integer.toOctalString(mode);
                } else {
                    ByteArrayOutputStream content = new ByteArrayOutputStream();
                    Files.copy(path, content);
                    detail = "file " + Integer.toOctalString(mode) + " " + content.toString(StandardCharsets.UTF_8);
                }
                all.put("/" + root.relativize(path), detail);
            }
        }
        return all;
    }
}
