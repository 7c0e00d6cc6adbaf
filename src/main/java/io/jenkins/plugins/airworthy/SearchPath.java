package io.jenkins.plugins.airworthy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folders that are searched for a program. Skips every place where a build could have put a program of its own: relative
 * entries, everything below the current folder or another untrusted folder, and everything that users other than root and the
 * current user may write to.
 *
 * @param folders in the syntax of the environment variable PATH
 * @param untrusted folders that a build may write to; the current folder is always untrusted
 */
public record SearchPath(String folders, List<Path> untrusted) {

    public SearchPath {
        untrusted = List.copyOf(untrusted);
    }

    /** Finds the first program of this name that a build cannot have put there, and returns its path without links. */
    public Optional<Path> find(String program) {
        String name = File.separatorChar == '\\' ? program + ".exe" : program;
        List<Path> below = new ArrayList<>();
        // If the current folder is the root, everything is below it: then it does not show who may write where.
        real(Path.of("")).filter(folder -> folder.getParent() != null).ifPresent(below::add);
        untrusted.forEach(folder -> real(folder).ifPresent(below::add));
        for (String entry : folders.split(File.pathSeparator, -1)) {
            Optional<Path> found = candidate(entry, name, below);
            if (found.isPresent()) {
                return found;
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
            // Check both paths: a link in a trusted folder may lead into the workspace, and the workspace may link out.
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
            return Optional.empty(); // such an entry is not a folder
        }
    }

    private static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException e) {
            return Optional.empty(); // it does not exist
        }
    }
}
