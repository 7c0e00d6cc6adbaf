package io.jenkins.plugins.airworthy.testing.structure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.testing.structure.MadeImage.Kind;
import io.jenkins.plugins.airworthy.testing.structure.MadeImage.Part;

import java.util.List;
import java.util.Random;

/** Structure tests of a made image, of which some pass and some fail. */
final class MadeTests {
    private static final int EXISTENCE = 14;
    private static final int CONTENT = 7;
    private static final List<String> PATTERNS = List.of(
            "one",
            "^two$",
            "(?m)^two$",
            "(?i)PASSWORD",
            "k.se",
            "^..$",
            "^.$",
            "\\x{FFFD}",
            "[^a-z]",
            "\\bone\\b",
            "(?s)a.b",
            "a.b",
            "(?i)k is kelvin",
            "x{1000}",
            "end\\z",
            "end$",
            "\\Qone two\\E",
            "\\pL{4}",
            "^$",
            "\\x00",
            "(?U)o.+e",
            "[[:cntrl:]]",
            "\\W",
            "(?P<n>t)wo",
            "(one|two)+?\n",
            "\\D\\S\\s",
            "",
            "[\\x{80}-\\x{ff}]");
    private static final List<String> ENV = List.of(
            "PATH=/bin:/usr/bin", "EMPTY=", "A=b=c", "TOP=made-a", "K=ä", "lower=1", "WITH SPACE=x y", "TOP=made-b");
    private static final List<String> LABELS = List.of("org.example.a", "empty", "K", "umlaut-ä");
    private static final List<String> VALUES = List.of("1.2.3", "", "v", "two words", "ä", "1");
    private static final List<String> VALUE_PATTERNS = List.of("^\\d+\\.", "", "^$", "v|b", "ä", "\\s", "^1$", "bin");
    private static final List<String> PORTS = List.of("80/tcp", "443", "53/udp", "8080/tcp", "80/udp");
    private static final List<String> VOLUMES = List.of("/data", "/cache/", "/a b", "/data/x");
    private static final List<List<String>> COMMANDS =
            List.of(List.of("/app"), List.of("/app", "-v"), List.of("sh", "-c", "a \"b\""), List.of(), List.of(""));
    private static final List<String> USERS = List.of("1000", "root", "1000:1000", "nobody");
    private static final List<String> FOLDERS = List.of("/", "/app", "/app/", "app");

    private final Random random;
    private final List<Part> parts;
    private final ObjectNode config;
    private int number;

    MadeTests(Random random, List<List<Part>> layers, ObjectNode config) {
        this.random = random;
        this.parts = layers.stream().flatMap(List::stream).toList();
        this.config = config;
    }

    private <T> T pick(List<T> from) {
        return StructureCases.pick(random, from);
    }

    private boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    static ObjectNode config(Random random) {
        ObjectNode config = StrictJson.object();
        ENV.stream().filter(one -> random.nextInt(3) > 0).forEach(config.putArray("Env")::add);
        LABELS.stream().filter(one -> random.nextBoolean()).forEach(label -> config.withObject("/Labels")
                .put(label, StructureCases.pick(random, VALUES)));
        PORTS.stream().filter(one -> random.nextBoolean()).forEach(one -> member(config, "ExposedPorts", one));
        VOLUMES.stream().filter(one -> random.nextBoolean()).forEach(one -> member(config, "Volumes", one));
        StructureCases.pick(random, COMMANDS).forEach(config.putArray("Entrypoint")::add);
        StructureCases.pick(random, COMMANDS).forEach(config.putArray("Cmd")::add);
        config.put("User", StructureCases.pick(random, USERS));
        config.put("WorkingDir", StructureCases.pick(random, FOLDERS));
        return config;
    }

    private static void member(ObjectNode config, String list, String name) {
        (config.has(list) ? (ObjectNode) config.get(list) : config.putObject(list)).putObject(name);
    }

    ObjectNode ofFiles() {
        ObjectNode file = StructureCases.file();
        ArrayNode contents = file.putArray("fileContentTests");
        for (int i = 0; i < CONTENT; i++) {
            ObjectNode test = contents.addObject().put("name", "c" + i).put("path", path(pick(parts)));
            if (once(2)) {
                test.putArray("expectedContents").add(pick(PATTERNS));
            } else {
                test.putArray("excludedContents").add(pick(PATTERNS)).add(pick(PATTERNS));
            }
        }
        ArrayNode existence = file.putArray("fileExistenceTests");
        for (int i = 0; i < EXISTENCE; i++) {
            existence(existence.addObject().put("name", "test " + number++), pick(parts));
        }
        return file;
    }

    private void existence(ObjectNode test, Part part) {
        String path = once(6) ? "/" + part.parent() : once(30) ? "/" : path(part);
        if (once(12)) {
            path = pick(List.of("$TOP", "${TOP}", "/$NOT_SET")) + path.substring(Math.max(path.indexOf('/', 1), 0));
        }
        test.put("path", path);
        if (once(3)) {
            test.put("shouldExist", false);
            return;
        }
        if (once(2)) {
            test.put("permissions", permissions(described(once(5) ? pick(parts) : part, path)));
        }
        if (once(6)) {
            test.put("uid", part.uid());
        }
        if (once(6)) {
            test.put("gid", part.gid());
        }
        if (once(6)) {
            test.put("isExecutableBy", pick(List.of("owner", "group", "other", "any")));
        }
    }

    /** One of the descriptions of a directory, for a path of one. */
    private Part described(Part part, String path) {
        List<Part> directories = parts.stream()
                .filter(each -> each.kind() == Kind.DIRECTORY && path.equals("/" + each.path()))
                .toList();
        return directories.isEmpty() ? part : pick(directories);
    }

    private String path(Part part) {
        String path = "/" + part.path() + (part.path().endsWith("/loop") && once(2) ? "/x" : "");
        return switch (random.nextInt(12)) {
            case 0 -> path + "/" + pick(parts).path().replaceFirst(".*/", "");
            case 1 -> part.path();
            case 2 -> "/" + part.parent() + "//" + part.path().replaceFirst(".*/", "");
            case 3 -> path + "/";
            case 4 -> once(2) ? path + "/../x" : "/../" + part.parent() + "/./x";
            default -> path;
        };
    }

    /** As Go writes what this part would show. */
    private static String permissions(Part part) {
        int mode = part.mode();
        if (part.kind() == Kind.SYMBOLIC_LINK) {
            return "Lrwxrwxrwx";
        }
        String letters = (part.kind() == Kind.DIRECTORY ? "d" : "")
                + (part.kind() == Kind.FIFO ? "p" : "")
                + (part.kind() == Kind.DEVICE ? "D" : "")
                + ((mode & 04000) != 0 ? "u" : "")
                + ((mode & 02000) != 0 ? "g" : "")
                + (part.kind() == Kind.DEVICE ? "c" : "")
                + ((mode & 01000) != 0 ? "t" : "");
        StringBuilder text = new StringBuilder(letters.isEmpty() ? "-" : letters);
        for (int bit = 8; bit >= 0; bit--) {
            text.append((mode & 1 << bit) == 0 ? '-' : "xwr".charAt(bit % 3));
        }
        return text.toString();
    }

    ObjectNode ofMetadata() {
        ObjectNode file = StructureCases.file();
        ObjectNode test = file.putObject("metadataTest");
        while (test.isEmpty() || once(3)) {
            switch (random.nextInt(11)) {
                case 0 -> pair(test.putArray("envVars").addObject(), pick(ENV).replaceFirst("=.*", ""), pick(ENV));
                case 1 ->
                    test.putArray("unboundEnvVars").addObject().put("key", pick(List.of("PATH", "A", "K", "k", "no")));
                case 2 -> pair(test.putArray("labels").addObject(), pick(LABELS), "=" + pick(VALUES));
                case 3 -> test.putArray("exposedPorts").add(pick(List.of("80", "443", "53", "8080")));
                case 4 -> test.putArray("unexposedPorts").add(pick(List.of("80", "443", "53", "81")));
                case 5 -> test.putArray("volumes").add(pick(List.of("/data", "/cache", "/cache/", "/a b")));
                case 6 -> test.putArray("unmountedVolumes").add(pick(List.of("/data", "/data/x", "/cache", "/none")));
                case 7 -> texts(test, "entrypoint", "Entrypoint");
                case 8 -> texts(test, "cmd", "Cmd");
                case 9 -> test.put("user", once(2) ? config.get("User").asText() : pick(USERS));
                default ->
                    test.put("workdir", once(2) ? config.get("WorkingDir").asText() : pick(FOLDERS));
            }
        }
        return file;
    }

    private void pair(ObjectNode pair, String key, String withValue) {
        pair.put("key", key);
        if (once(3)) {
            pair.put("value", pick(VALUE_PATTERNS)).put("isRegex", true);
        } else {
            pair.put("value", withValue.substring(withValue.indexOf('=') + 1));
        }
    }

    private void texts(ObjectNode test, String member, String set) {
        ArrayNode list = test.putArray(member);
        if (once(2)) {
            config.get(set).forEach(text -> list.add(text.asText()));
        } else {
            pick(COMMANDS).forEach(list::add);
        }
    }
}
