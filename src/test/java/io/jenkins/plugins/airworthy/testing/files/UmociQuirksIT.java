package io.jenkins.plugins.airworthy.testing.files;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.testing.TestImage;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Layers with the quirks of all formats of tar: what is read here is what umoci unpacks, or it is refused.
 */
class UmociQuirksIT {
    private static final List<String> NAMES =
            List.of("d", "d/", "d/x", "d/x/", "./d/x", "/d/x", "d//x", "d/./x", "d/x/.", "e/y");
    private static final String TYPES = "00000\0\0\0001255577";

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.range(30, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsWhatUmociUnpacksOrRefusesIt(long seed) throws Exception {
        Tool umoci = Tool.require("umoci");
        Random random = new Random(seed);
        TestImage image = new TestImage(folder.resolve("layout"));
        image.layer(new TarBytes()
                .directory("d/")
                .file("d/x", "base")
                .directory("e/")
                .file("e/y", "base")
                .bytes());
        image.layer(layer(random).bytes());
        ImageFileSystem files;
        try {
            files = ImageFileSystem.read(image.store(), image.make(), Progress.SILENT);
        } catch (InvalidInputException e) {
            return; // refused, which nothing can be read wrongly of
        }

        Tool.Outcome unpacked = umoci.run(
                folder,
                Map.of(),
                "unpack",
                "--rootless",
                "--image",
                folder.resolve("layout") + ":" + TestImage.TAG,
                "bundle");

        assertThat(UmociIT.ours(files)).as(unpacked.err()).isEqualTo(UmociIT.unpacked(folder.resolve("bundle/rootfs")));
    }

    private static TarBytes layer(Random random) {
        TarBytes layer = new TarBytes();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            String name = NAMES.get(random.nextInt(NAMES.size()));
            switch (random.nextInt(10)) {
                case 0 -> layer.directory("d/").file("d/.wh.x", "");
                case 1 -> layer.directory("e/").file("e/.wh..wh..opq", "");
                default -> entry(layer, random, name);
            }
        }
        return layer;
    }

    private static void entry(TarBytes layer, Random random, String name) {
        char type = TYPES.charAt(random.nextInt(TYPES.length()));
        byte[] content =
                type == '0' || type == '\0' || type == '7' ? "new".getBytes(StandardCharsets.UTF_8) : new byte[0];
        if (random.nextBoolean()) {
            content = new byte[0];
        }
        String link = type == '1' ? "e/y" : type == '2' ? "/e/y" : "";
        int mode = new int[] {0644, 0755, 04755, 040644, 0100600, 0120777, 020644}[random.nextInt(7)];
        byte[] header = TarBytes.header("short", type, mode, 0, 0, content.length, link);
        int how = random.nextInt(6);
        if (how == 0) {
            layer.extended('x', TarBytes.record("path", name));
        } else if (how == 1) {
            layer.extended('L', name + "\0");
        } else if (how == 2 && name.contains("/")) {
            int slash = name.indexOf('/');
            rename(header, name.substring(slash + 1));
            TarBytes.put(header, 345, name.substring(0, slash));
        } else {
            rename(header, name);
        }
        if (how == 3) {
            TarBytes.put(header, 257, "ustar  \0");
            Arrays.fill(header, 345, 500, (byte) 0);
        } else if (how == 4) {
            Arrays.fill(header, 257, 512, (byte) 0);
        }
        if (random.nextInt(8) == 0) {
            layer.extended('x', TarBytes.record(type == '1' || type == '2' ? "linkpath" : "mtime", "1"));
        }
        layer.header(header);
        if (content.length > 0) {
            layer.content(content);
        }
    }

    private static void rename(byte[] header, String name) {
        Arrays.fill(header, 0, 100, (byte) 0);
        TarBytes.put(header, 0, name);
    }
}
