package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.OwnFile;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The Trivy program to run, at an absolute path. A search on PATH passes over every place where somebody else could have put a
 * program of his own: relative entries, whatever lies beneath the current folder or the workspace, and what others than root and
 * the current user may write to. The current user's own folders are trusted as far as this user is. Naming the path in the
 * configuration is safer still, because nothing is searched.
 */
public record TrivyExecutable(Path path) {
    private static final List<String> NAMES = File.separatorChar == '\\' ? List.of("trivy.exe") : List.of("trivy");

    public TrivyExecutable {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("a program to run is named by its absolute path");
        }
    }

    /** The program that somebody named. */
    public static TrivyExecutable at(Path path) throws InvalidInputException {
        if (!path.isAbsolute()) {
            throw new InvalidInputException("'" + path + "': name Trivy by its absolute path");
        }
        if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
            throw new InvalidInputException("'" + path + "' is no program that can be run: install Trivy there");
        }
        return new TrivyExecutable(path);
    }

    /**
     * The first Trivy on a search path that no build could have put there.
     *
     * @param searchPath as in the environment variable PATH
     * @param untrusted folders that a build may write to; the current folder always counts as one
     */
    public static Optional<TrivyExecutable> onPath(String searchPath, List<Path> untrusted) {
        List<Path> below = new ArrayList<>();
        real(Path.of("")).ifPresent(below::add);
        untrusted.forEach(folder -> real(folder).ifPresent(below::add));
        for (String entry : searchPath.split(File.pathSeparator, -1)) {
            for (String name : NAMES) {
                Optional<Path> found = candidate(entry, name, below);
                if (found.isPresent()) {
                    return Optional.of(new TrivyExecutable(found.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> candidate(String entry, String name, List<Path> below) {
        try {
            Path folder = Path.of(entry);
            if (entry.isBlank() || !folder.isAbsolute()) {
                return Optional.empty();
            }
            // Both names count: a link in a good folder may lead into the workspace, and the workspace may link out.
            Optional<Path> place = real(folder);
            Optional<Path> program =
                    real(folder.resolve(name)).filter(Files::isRegularFile).filter(Files::isExecutable);
            boolean safe = place.isPresent()
                    && program.isPresent()
                    && below.stream()
                            .noneMatch(b ->
                                    place.get().startsWith(b) || program.get().startsWith(b))
                    && OwnFile.is(place.get())
                    && OwnFile.is(program.get());
            return safe ? program : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty(); // such an entry names no folder
        }
    }

    private static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException e) {
            return Optional.empty(); // it is not there
        }
    }
}
