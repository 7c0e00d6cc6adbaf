package io.jenkins.plugins.airworthy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The home of the user: {@code HOME}, as other programs have it, else what the system knows. Never a relative place, which would
 * lie in the current folder: for a user without an entry Java says {@code ?}.
 */
public final class HomeFolder {
    private HomeFolder() {}

    /** Empty if there is none. */
    public static Optional<Path> of(Map<String, String> environment) {
        return absolute(environment.get("HOME")).or(() -> absolute(System.getProperty("user.home")));
    }

    /**
     * The home, which something needs.
     *
     * @param other what to set instead, for the error, for example "DOCKER_CONFIG"
     */
    public static Path required(Map<String, String> environment, String other) throws InvalidInputException {
        return of(environment)
                .orElseThrow(() -> new InvalidInputException(
                        "this user has no home folder: set " + other + ", or HOME to an absolute path"));
    }

    /** A folder that counts only if it is absolute. */
    public static Optional<Path> absolute(String text) {
        try {
            return Optional.ofNullable(text)
                    .filter(given -> !given.isBlank())
                    .map(Path::of)
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
