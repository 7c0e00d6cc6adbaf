package io.jenkins.plugins.airworthy.testing.structure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.testing.TestImage;
import io.jenkins.plugins.airworthy.testing.files.ImageFileSystem;
import io.jenkins.plugins.airworthy.testing.structure.MadeImage.Kind;
import io.jenkins.plugins.airworthy.testing.structure.MadeImage.Part;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes images of layers that the product accepts, and structure tests for them, from a seed. */
final class StructureCases {
    private static final int LAYERS = 4;
    private static final int PARTS = 9;
    /** A link leads to names before its own only, so that none but {@code loop} leads to itself. */
    private static final List<String> NAMES = List.of(
            "#a",
            "-n",
            "..x",
            ".hidden",
            "A b",
            "[c]",
            "d",
            "e'\"",
            "f\\g",
            "l" + "o".repeat(120) + "ng",
            "x",
            "y",
            "y.z",
            "a\u0308",
            "\u00e4");

    private static final List<String> TOPS = List.of("made-a", "made-b", "made-c d");
    private static final List<String> CONTENTS = List.of(
            "",
            "one\ntwo\nthree\n",
            "password = secret",
            "k\u00c3\u00a4se",
            "\u00ff\u00fe raw \u0000 bytes",
            "a\r\nb\r\n",
            "\u00e2\u0084\u00aa is Kelvin",
            "x".repeat(3_000) + "end",
            "\u00c3\u00a4",
            "one two");
    private static final int[] MODES = {0644, 0644, 0755, 0600, 0640, 04755, 02711, 01777, 0400, 0777};

    private final Random random;
    private final Path folder;
    private final String usual;
    private final List<String> names;
    private int tries;

    StructureCases(long seed, int number, Path folder) {
        this.random = new Random(seed * 1_000_003 + number);
        this.usual = pick(random, List.of("", "./"));
        List<String> shuffled = new ArrayList<>(NAMES);
        Collections.shuffle(shuffled, random);
        this.names = shuffled.subList(0, 5);
        this.folder = folder;
    }

    StructureCase make() throws Exception {
        List<List<Part>> layers = new ArrayList<>();
        ObjectNode config = MadeTests.config(random);
        while (layers.size() < LAYERS) {
            List<List<Part>> more = new ArrayList<>(layers);
            more.add(layer());
            if (isAccepted(new MadeImage(more, config))) {
                layers = more;
            }
        }
        MadeTests tests = new MadeTests(random, layers, config);
        List<ObjectNode> files = new ArrayList<>(List.of(tests.ofFiles()));
        for (int i = 0; i < 4; i++) {
            files.add(tests.ofMetadata());
        }
        return new StructureCase(new MadeImage(layers, config), files);
    }

    private boolean isAccepted(MadeImage image) throws Exception {
        TestImage made = image.layout(folder.resolve("try" + tries++));
        try {
            ImageFileSystem.read(made.store(), made.make(), Progress.SILENT);
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private List<Part> layer() {
        String before = random.nextInt(20) == 0 ? "/" : usual;
        List<Part> parts = new ArrayList<>();
        int wanted = 1 + random.nextInt(PARTS);
        while (parts.size() < wanted) {
            String parent = pick(random, TOPS) + (random.nextInt(3) == 0 ? "/d" : random.nextInt(4) == 0 ? "/x" : "");
            String name = pick(random, names);
            String path = parent + "/" + name;
            int mode = MODES[random.nextInt(MODES.length)];
            long owner = random.nextInt(3) == 0 ? 1000 + random.nextInt(2) : 0;
            Part file = new Part(Kind.FILE, before, path, pick(random, CONTENTS), mode, owner, owner);
            switch (random.nextInt(15)) {
                case 0, 1 -> parts.add(new Part(Kind.DIRECTORY, before, path, "", 0700 | mode, owner, owner));
                case 2 -> parts.add(new Part(Kind.DIRECTORY, before, parent, "", 0700 | mode, owner, owner));
                case 3, 4 -> parts.add(new Part(Kind.SYMBOLIC_LINK, before, path, target(parent, name), 0777, 0, 0));
                case 5 -> parts.add(file.as(Kind.WHITEOUT, ""));
                case 10 -> parts.add(new Part(Kind.WHITEOUT, before, parent, "", 0644, 0, 0));
                case 6 -> parts.add(new Part(Kind.OPAQUE, before, parent, "", 0644, 0, 0));
                case 7, 8 -> {
                    parts.add(file);
                    String other = parent + "/" + pick(random, names);
                    int same = random.nextInt(3) == 0 ? 0644 : mode;
                    parts.add(new Part(Kind.HARD_LINK, before, other, path, same, owner, owner));
                }
                case 9 -> parts.add(file.as(random.nextBoolean() ? Kind.FIFO : Kind.DEVICE, ""));
                default -> parts.add(file);
            }
            if (random.nextInt(20) == 0) {
                parts.add(new Part(Kind.SYMBOLIC_LINK, before, parent + "/loop", "loop", 0777, 0, 0));
            }
        }
        return parts;
    }

    private String target(String parent, String name) {
        String to = NAMES.get(random.nextInt(Math.max(NAMES.indexOf(name), 1)));
        if (name.equals(NAMES.get(0))) {
            to = "nowhere";
        }
        int depth = parent.split("/").length;
        return switch (random.nextInt(6)) {
            case 0 -> "/" + pick(random, TOPS) + "/" + to;
            case 1 -> "../".repeat(depth) + pick(random, TOPS) + "/" + to;
            case 2 -> "../".repeat(depth + 2) + pick(random, TOPS) + "/" + to;
            case 3 -> "/" + pick(random, TOPS);
            default -> to;
        };
    }

    static byte[] bytes(String latin) {
        return latin.getBytes(StandardCharsets.ISO_8859_1);
    }

    static ObjectNode file() {
        return StrictJson.object().put("schemaVersion", "2.0.0");
    }
}
