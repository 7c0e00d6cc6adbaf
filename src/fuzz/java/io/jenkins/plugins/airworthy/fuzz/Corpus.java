package io.jenkins.plugins.airworthy.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Inputs that once broke something, by target, each a file that is called after what it broke. */
final class Corpus {
    /** What is kept and tried in every build. */
    static final Path KEPT = Path.of("src", "fuzz", "corpus");

    /** Where new findings go. */
    static final Path FOUND = Path.of("target", "fuzz");

    private Corpus() {}

    static Map<String, byte[]> of(Target target) {
        Path folder = KEPT.resolve(target.name());
        Map<String, byte[]> inputs = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return inputs;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                inputs.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return inputs;
    }

    /** Keeps the input of a finding and says how to repeat it. */
    static String save(Finding finding) {
        Path file = FOUND.resolve(finding.target().name()).resolve(finding.fileName());
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, finding.input());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "repeat with: mvn -B -Pfuzz verify -Dairworthy.fuzz.targets="
                + finding.target().name() + " -Dairworthy.fuzz.input=" + file;
    }
}
