package io.jenkins.plugins.airworthy.testing.structure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.testing.TestImage;
import io.jenkins.plugins.airworthy.testing.files.TarBytes;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** An image as data, which can be changed, and written as an OCI layout or as an archive of {@code docker save}. */
record MadeImage(List<List<Part>> layers, ObjectNode config) {
    /** What an entry of a layer is. */
    enum Kind {
        FILE('0'),
        HARD_LINK('1'),
        SYMBOLIC_LINK('2'),
        DEVICE('3'),
        DIRECTORY('5'),
        FIFO('6'),
        WHITEOUT('0'),
        OPAQUE('0');

        private final char type;

        Kind(char type) {
            this.type = type;
        }
    }

    /**
     * An entry of a layer.
     *
     * @param before what stands before its path, for example {@code ./}
     * @param path of the file, of what a whiteout hides, or of the directory that is opaque
     * @param text the content, a byte a character, or what a link leads to
     */
    record Part(Kind kind, String before, String path, String text, int mode, long uid, long gid) {
        String parent() {
            return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
        }

        boolean isPut() {
            return kind != Kind.WHITEOUT && kind != Kind.OPAQUE;
        }

        Part as(Kind other, String content) {
            return new Part(other, before, path, content, mode, uid, gid);
        }

        private void write(TarBytes archive) {
            String folder = parent().isEmpty() ? "" : parent() + "/";
            String name =
                    switch (kind) {
                        case DIRECTORY -> path + "/";
                        case WHITEOUT -> folder + ".wh." + path.substring(folder.length());
                        case OPAQUE -> path + "/.wh..wh..opq";
                        default -> path;
                    };
            byte[] content = kind == Kind.FILE ? text.getBytes(StandardCharsets.ISO_8859_1) : new byte[0];
            String link = kind == Kind.HARD_LINK || kind == Kind.SYMBOLIC_LINK ? text : "";
            byte[] full = (before + name).getBytes(StandardCharsets.UTF_8);
            if (full.length > 99) {
                archive.extended('x', TarBytes.record("path", before + name));
            }
            byte[] header = TarBytes.header(
                    full.length > 99 ? "long" : before + name, kind.type, mode, uid, gid, content.length, link);
            if (kind == Kind.DEVICE) {
                header[335] = '1'; // the device's number, major and minor
                header[343] = '3';
            }
            archive.header(header);
            if (content.length > 0) {
                archive.content(content);
            }
        }
    }

    MadeImage with(List<List<Part>> changed) {
        return new MadeImage(changed, config);
    }

    /** Every entry changed alone. */
    MadeImage each(UnaryOperator<Part> change) {
        return with(layers.stream()
                .map(layer -> layer.stream().map(change).toList())
                .toList());
    }

    private List<byte[]> archives() {
        List<byte[]> archives = new ArrayList<>();
        for (List<Part> layer : layers) {
            TarBytes archive = new TarBytes();
            layer.forEach(part -> part.write(archive));
            archives.add(archive.bytes());
        }
        return archives;
    }

    TestImage layout(Path folder) throws Exception {
        TestImage image = new TestImage(folder).config(config.toString());
        for (byte[] archive : archives()) {
            image.layer(archive);
        }
        return image;
    }

    byte[] dockerArchive() throws Exception {
        ObjectNode json = StrictJson.object().put("os", "linux").put("architecture", "amd64");
        json.set("config", config);
        ArrayNode ids = json.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        ObjectNode manifest = StrictJson.object().put("Config", "config.json");
        ArrayNode names = manifest.putArray("Layers");
        TarBytes whole = new TarBytes();
        for (byte[] archive : archives()) {
            ids.add(Digest.of(archive).toString());
            put(whole, names.size() + ".tar", archive);
            names.add(names.size() + ".tar");
        }
        put(whole, "config.json", StrictJson.write(json));
        put(whole, "manifest.json", ("[" + manifest + "]").getBytes(StandardCharsets.UTF_8));
        return whole.bytes();
    }

    private static void put(TarBytes archive, String name, byte[] content) {
        archive.header(TarBytes.header(name, '0', 0644, 0, 0, content.length, ""))
                .content(content);
    }
}
