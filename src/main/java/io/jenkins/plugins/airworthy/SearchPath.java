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
 * The folders in which a program is looked for by its name. Passes over every place where somebody else could have put a
 * program of his own: relative entries, whatever lies beneath the current folder or another that is not trusted, and what
 * others than root and the current user may write to.
 *
 * @param folders as in the environment variable PATH
 * @param untrusted folders that a build may write to; the current folder always counts as one
 */
public record SearchPath(String folders, List<Path> untrusted) {

    public SearchPath {
        untrusted = List.copyOf(untrusted);
    }

    /** The first program of this name that no build could have put there, at its real place. */
    public Optional<Path> find(String program) {
        String name = File.separatorChar == '\\' ? program + ".exe" : program;
        List<Path> below = new ArrayList<>();
        // Everything lies beneath the root: as a current folder it says nothing of who may write where.
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
