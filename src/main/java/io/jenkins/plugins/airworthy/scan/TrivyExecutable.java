package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.SearchPath;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The Trivy program to run, at an absolute path. A search on PATH skips every place where a build could have put a
 * program of its own (see {@link SearchPath}). The current user's own folders are trusted as far as this user is. Configuring the
 * path is safer, because nothing is searched.
 */
public record TrivyExecutable(Path path) {

    public TrivyExecutable {
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("a program to run is named by its absolute path");
        }
    }

    /** Creates the program from a configured path. */
    public static TrivyExecutable at(Path path) throws InvalidInputException {
        if (!path.isAbsolute()) {
            throw new InvalidInputException("'" + path + "': name Trivy by its absolute path");
        }
        if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
            throw new InvalidInputException("'" + path + "' is not a program that can be run: install Trivy there");
        }
        return new TrivyExecutable(path);
    }

    /**
     * Finds the first Trivy on a search path that no build could have put there.
     *
     * @param searchPath as in the environment variable PATH
     * @param untrusted folders that a build may write to; the current folder always counts as one
     */
    public static Optional<TrivyExecutable> onPath(String searchPath, List<Path> untrusted) {
        return new SearchPath(searchPath, untrusted).find("trivy").map(TrivyExecutable::new);
    }
}
