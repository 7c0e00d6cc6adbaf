package io.jenkins.plugins.airworthy.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The demo's folder, and what has to be in it before the demo begins. */
final class Workplace {
    static final Path FOLDER = Path.of("target/demo");

    /** What an earlier run of the demo left; a Trivy that was built stays. */
    private static final List<String> MADE =
            List.of("base", "staging", "other", "production", "keys", "policy", "trivy-cache");

    /** SHA-256 of what goes into the images, whatever a mirror of Maven Central may serve. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "log4j-api-2.14.1.jar", "8caf58db006c609949a0068110395a33067a2bad707c3da35e959c0473f9a916",
            "log4j-core-2.14.1.jar", "ade7402a70667a727635d5c4c29495f4ff96f061f12539763f6f123973b465b0",
            "log4j-api-2.25.4.jar", "c4b642a7f047275215de117e0e3847eb2c7711d84a0aa7433e7b3c096daf341d",
            "log4j-core-2.25.4.jar", "10fee2c0485d54fa44ee75d314f6295508f7b932281873db61a91b88073200e6");

    private Workplace() {}

    static void clean() throws IOException {
        for (String name : MADE) {
            Path folder = FOLDER.resolve(name);
            if (Files.exists(folder)) {
                try (Stream<Path> paths = Files.walk(folder)) {
                    for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        }
        Files.createDirectories(FOLDER.resolve("keys"));
    }

    static void requireLibraries() throws IOException {
        for (Map.Entry<String, String> library : LIBRARIES.entrySet()) {
            Path file = FOLDER.resolve("lib").resolve(library.getKey());
            String found = HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(file)));
            if (!found.equals(library.getValue())) {
                throw new IllegalStateException(
                        file + " has the SHA-256 " + found + ", expected " + library.getValue());
            }
        }
    }

    /** Copies a folder with all that is in it. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            paths.forEach(path -> {
                try {
                    Files.copy(path, to.resolve(from.relativize(path).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** The digest that a tag of a layout folder stands for. */
    static String digest(Path layout, String tag) throws IOException {
        Matcher matcher = Pattern.compile("\"digest\":\"(sha256:[0-9a-f]{64})\",\"size\":[0-9]+,"
                        + "\"annotations\":\\{\"org.opencontainers.image.ref.name\":\"" + Pattern.quote(tag) + "\"")
                .matcher(Files.readString(layout.resolve("index.json")));
        if (!matcher.find()) {
            throw new IllegalStateException("nothing is tagged " + tag + " in " + layout);
        }
        return matcher.group(1);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The words of a command, put together piece by piece. */
    static final class Command {
        private final List<String> words = new ArrayList<>();

        Command(String... first) {
            words.addAll(List.of(first));
        }

        Command with(String... more) {
            words.addAll(List.of(more));
            return this;
        }

        String[] words() {
            return words.toArray(String[]::new);
        }
    }
}
