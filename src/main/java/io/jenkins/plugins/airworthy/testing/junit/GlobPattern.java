package io.jenkins.plugins.airworthy.testing.junit;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Wildcard;

import java.util.List;

/**
 * A pattern of file names as Ant and Jenkins write them: {@code *} and {@code ?} within one part, {@code **} for any
 * number of folders. Matched in linear time. Refuses absolute patterns and {@code ..}.
 */
record GlobPattern(Wildcard wildcard) {
    /** Maximum length of a pattern, in characters. */
    static final int MAX_LENGTH = 500;

    static GlobPattern parse(String text) throws InvalidInputException {
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            throw new InvalidInputException("a pattern for reports has 1 to " + MAX_LENGTH + " characters");
        }
        List<String> parts = List.of(text.split("/", -1));
        if (text.startsWith("/") || parts.contains("..") || text.indexOf('\\') >= 0 || text.indexOf(':') >= 0) {
            throw new InvalidInputException("'" + text + "': reports are named relative to the folder, with slashes,"
                    + " without '..' and without a drive");
        }
        return new GlobPattern(new Wildcard(text, Wildcard.Meaning.FILE));
    }

    boolean matches(String name) {
        return wildcard.matches(name);
    }

    @Override
    public String toString() {
        return wildcard.text();
    }
}
