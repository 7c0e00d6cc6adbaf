package io.jenkins.plugins.airworthy.defences;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Source files by the names of their classes, so that a description stays true when a class moves to another package. */
final class Sources {
    static final Sources OF_PRODUCT = new Sources(Path.of("src/main/java"));
    static final Sources OF_TESTS = new Sources(Path.of("src/test/java"), Path.of("src/fuzz/java"));

    private static final String ENDING = ".java";

    private final Map<String, Path> files = new TreeMap<>();

    private Sources(Path... roots) {
        for (Path root : roots) {
            try (Stream<Path> found = Files.walk(root)) {
                found.filter(file -> file.toString().endsWith(ENDING))
                        .forEach(file -> files.put(name(root.relativize(file).toString()), file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static String name(String file) {
        return file.substring(0, file.length() - ENDING.length()).replace('/', '.');
    }

    /**
     * The full name of a class.
     *
     * @param name simple, or with as many of the last parts of its package as make it the only one
     */
    String fullName(String name) {
        List<String> found = files.keySet().stream()
                .filter(each -> ("." + each).endsWith("." + name))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("'" + name + "' names " + found.size() + " classes " + found);
        }
        return found.get(0);
    }

    /** The source of a class, named as for {@link #fullName}. */
    String read(String name) throws IOException {
        return Files.readString(files.get(fullName(name)));
    }
}
