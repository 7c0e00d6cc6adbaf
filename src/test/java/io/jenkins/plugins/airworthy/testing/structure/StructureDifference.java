package io.jenkins.plugins.airworthy.testing.structure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.testing.structure.MadeImage.Kind;
import io.jenkins.plugins.airworthy.testing.structure.MadeImage.Part;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Each reason for which the product and the {@code tar} driver of container-structure-test 1.22.0 answer differently. What is
 * peculiar can be taken out of a case, and then they have to agree, on the answer that is named here.
 */
enum StructureDifference {
    /** The driver unpacks to the disk and does not set the owner; a test of it always fails. */
    OWNER_IS_NOT_READ(Right.WE) {
        @Override
        StructureCase without(StructureCase from) {
            return from.eachTest(test -> test.without(List.of("uid", "gid")));
        }
    },
    /** The driver passes over {@code .wh..wh..opq} (image specification, layer.md, Opaque Whiteout). */
    OPAQUE_IS_PASSED_OVER(Right.WE) {
        @Override
        StructureCase without(StructureCase from) {
            return from.with(MadeTree.spelledOut(from.image(), true));
        }
    },
    /** Layers are read from the top: that a directory was hidden or a file before is forgotten where a later layer makes it again. */
    HIDDEN_COMES_BACK(Right.WE) {
        @Override
        StructureCase without(StructureCase from) {
            return from.with(MadeTree.spelledOut(from.image(), false));
        }
    },
    /**
     * A directory that a layer does not describe before what is in it: the driver makes it with mode 0755, or with that of a
     * directory in it, whatever another layer says, and it loses the links in it.
     */
    DIRECTORY_IS_NOT_DESCRIBED(Right.WE) {
        @Override
        StructureCase without(StructureCase from) {
            return from.with(MadeTree.described(from.image()));
        }
    },
    /** Engines disagree on the mode of a directory that a later layer uses and does not describe, so we tell none. */
    DIRECTORY_IN_DISPUTE(Right.WE_REFUSE) {
        @Override
        StructureCase without(StructureCase from) {
            return DIRECTORY_IS_NOT_DESCRIBED.without(from);
        }
    },
    /** The same where a hard link has another mode or owner than its file. */
    HARD_LINK_IN_DISPUTE(Right.WE_REFUSE) {
        @Override
        StructureCase without(StructureCase from) {
            return hardLinks(from, Kind.HARD_LINK);
        }
    },
    /** A hard link of a layer stays when a later layer hides or replaces the file; the driver links to what is at that name then. */
    HARD_LINK_OUTLIVES_ITS_FILE(Right.WE) {
        @Override
        StructureCase without(StructureCase from) {
            return hardLinks(from, Kind.FILE);
        }
    },
    /** Of two entries of one layer with one name the later one is there, as when tar unpacks; the driver takes the first. */
    SAME_NAME_TWICE(Right.WE) {
        @Override
        StructureCase without(StructureCase from) {
            List<List<Part>> layers = new ArrayList<>();
            for (List<Part> layer : from.image().layers()) {
                List<Part> once = new ArrayList<>(layer);
                for (int i = layer.size() - 1; i >= 0; i--) {
                    int at = i;
                    Part part = layer.get(i);
                    if (part.isPut()
                            && layer.subList(at + 1, layer.size()).stream()
                                    .anyMatch(later ->
                                            later.isPut() && later.path().equals(part.path()))
                            && layer.stream()
                                    .noneMatch(link -> link.kind() == Kind.HARD_LINK
                                            && link.text().equals(part.path()))) {
                        once.remove(at);
                    }
                }
                layers.add(once);
            }
            return from.with(from.image().with(layers));
        }
    },
    /** A whiteout hides what is in earlier layers only (layer.md, Whiteouts); the driver hides what its own layer puts there too. */
    WHITEOUT_BEFORE_ITS_FILE(Right.WE) {
        @Override
        StructureCase without(StructureCase from) {
            List<List<Part>> layers = new ArrayList<>();
            for (List<Part> layer : from.image().layers()) {
                layers.add(layer.stream()
                        .filter(part -> part.kind() != Kind.WHITEOUT
                                || layer.stream()
                                        .noneMatch(
                                                put -> put.isPut() && put.path().equals(part.path())))
                        .toList());
            }
            return from.with(from.image().with(layers));
        }
    },
    /** {@code /a} and {@code a} are one name; for the driver two, of which the older is unpacked last. */
    SLASH_BEFORE_A_NAME(Right.WE) {
        @Override
        StructureCase without(StructureCase from) {
            return from.with(from.image()
                    .each(part ->
                            new Part(part.kind(), "", part.path(), part.text(), part.mode(), part.uid(), part.gid())));
        }
    },
    /** Devices and pipes are there; the driver leaves them out. */
    DEVICE_IS_LEFT_OUT(Right.WE) {
        @Override
        StructureCase without(StructureCase from) {
            MadeImage files = from.image()
                    .each(part ->
                            part.kind() == Kind.DEVICE || part.kind() == Kind.FIFO ? part.as(Kind.FILE, "") : part);
            return from.with(files)
                    .eachTest(test -> test.path("permissions").asText().matches("[pD].*")
                            ? test.without(List.of("permissions"))
                            : test);
        }
    },
    /** The image is the root of its links; the driver follows them into the file system of the machine. */
    LINK_LEADS_TO_THE_MACHINE(Right.WE) {
        @Override
        StructureCase without(StructureCase from) {
            return from.with(from.image().each(part -> {
                if (part.kind() != Kind.SYMBOLIC_LINK) {
                    return part;
                }
                String up = part.parent().isEmpty()
                        ? "./"
                        : "../".repeat(part.parent().split("/").length);
                String target = part.text().replaceFirst("^(" + up.replace(".", "\\.") + ")(\\.\\./)+", "$1");
                return part.as(part.kind(), target.startsWith("/") ? up + target.substring(1) : target);
            }));
        }
    },
    /** {@code /} is the folder into which the driver unpacks, with that one's mode. */
    ROOT_IS_A_FOLDER_OF_THE_MACHINE(Right.WE) {
        @Override
        StructureCase without(StructureCase from) {
            return from.eachTest(test -> cleaned(test.get("path").asText()).equals("/")
                    ? test.without(List.of("permissions", "isExecutableBy"))
                    : test);
        }
    },
    /** {@code ..} in the root is the root; the driver goes on in the folder beside the one into which it unpacked. */
    PATH_LEAVES_THE_IMAGE(Right.WE) {
        @Override
        StructureCase without(StructureCase from) {
            return from.eachTest(
                    test -> test.put("path", test.get("path").asText().replaceFirst("^/\\.\\./", "/")));
        }
    },
    /** Linux does not find {@code /file/} and {@code /file/../x}; the driver cleans the text of a path before it looks. */
    PATH_IS_CLEANED(Right.ANOTHER_PATH) {
        @Override
        StructureCase without(StructureCase from) {
            return from.eachTest(
                    test -> test.put("path", cleaned(test.get("path").asText())));
        }
    },
    /** A path with a variable that the image does not set leads elsewhere without it; we do not look there. */
    VARIABLE_IS_NOT_SET(Right.WE_REFUSE) {
        @Override
        StructureCase without(StructureCase from) {
            ObjectNode config = from.image().config().deepCopy();
            ((ArrayNode) config.get("Env")).add("NOT_SET=");
            if (config.get("Env").valueStream().noneMatch(one -> one.asText().startsWith("TOP="))) {
                ((ArrayNode) config.get("Env")).add("TOP=");
            }
            return from.with(new MadeImage(from.image().layers(), config));
        }
    },
    /** Of a variable that is set twice programs take the first or the last value; the driver takes the last, and we none. */
    VARIABLE_IS_SET_TWICE(Right.WE_REFUSE) {
        @Override
        StructureCase without(StructureCase from) {
            Map<String, String> last = new java.util.LinkedHashMap<>();
            for (JsonNode one : from.image().config().get("Env")) {
                last.put(one.asText().replaceFirst("=.*", ""), one.asText());
            }
            ObjectNode config = from.image().config().deepCopy();
            last.values().forEach(config.putArray("Env")::add);
            return from.with(new MadeImage(from.image().layers(), config));
        }
    },
    /** {@code /cache/} and {@code /cache} are one volume; the tool compares texts. */
    VOLUME_WITH_A_SLASH(Right.WE) {
        @Override
        StructureCase without(StructureCase from) {
            ObjectNode config = from.image().config().deepCopy();
            if (config.path("Volumes").has("/cache/")) {
                ((ObjectNode) config.get("Volumes")).remove("/cache/");
                ((ObjectNode) config.get("Volumes")).putObject("/cache");
            }
            List<ObjectNode> files = new ArrayList<>();
            for (ObjectNode file : from.files()) {
                ObjectNode copy = file.deepCopy();
                if (copy.at("/metadataTest/volumes/0").asText().equals("/cache/")) {
                    ((ArrayNode) copy.at("/metadataTest/volumes")).set(0, "/cache");
                }
                files.add(copy);
            }
            return new StructureCase(new MadeImage(from.image().layers(), config), files);
        }
    },
    /** Nothing can be concluded from a path through a link to itself; the tool takes what is behind it for absent. */
    LINK_TO_ITSELF(Right.WE_REFUSE) {
        @Override
        StructureCase without(StructureCase from) {
            return from.with(from.image()
                    .each(part -> part.path().endsWith("loop") ? part.as(Kind.SYMBOLIC_LINK, "nowhere") : part));
        }
    };

    /** Whose answer stays when what is peculiar is taken out. */
    enum Right {
        /** Ours: the driver is wrong. */
        WE,
        /** The tool's, and ours was a failure: we are the stricter ones. */
        WE_REFUSE,
        /** The tool's, which looks at another path than the test names. */
        ANOTHER_PATH
    }

    private final Right right;

    StructureDifference(Right right) {
        this.right = right;
    }

    Right right() {
        return right;
    }

    abstract StructureCase without(StructureCase from);

    /** Whether this and nothing else explains two answers, given those to the case without it. */
    boolean explains(char ours, char theirs, char oursWithout, char theirsWithout) {
        boolean agree = oursWithout == theirsWithout && ours != theirs;
        return agree
                && switch (right) {
                    case WE -> ours == oursWithout;
                    case WE_REFUSE -> theirs == theirsWithout && ours == 'F';
                    case ANOTHER_PATH -> theirs == theirsWithout;
                };
    }

    private static String cleaned(String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.remove(parts.size() - 1);
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    /** Hard links become files of their own, or get the mode and owner of their files. */
    private static StructureCase hardLinks(StructureCase from, Kind kind) {
        List<List<Part>> layers = new ArrayList<>();
        for (List<Part> layer : from.image().layers()) {
            Map<String, Part> files = new HashMap<>();
            List<Part> changed = new ArrayList<>();
            for (Part part : layer) {
                Part file = part.kind() == Kind.HARD_LINK ? files.get(part.text()) : part;
                Part now = part.kind() != Kind.HARD_LINK || file == null
                        ? part
                        : new Part(
                                kind,
                                part.before(),
                                part.path(),
                                kind == Kind.FILE ? file.text() : part.text(),
                                file.mode(),
                                file.uid(),
                                file.gid());
                files.put(part.path(), file);
                changed.add(now);
            }
            layers.add(changed);
        }
        return from.with(from.image().with(layers));
    }
}
