package io.jenkins.plugins.airworthy.testing.junit;

import com.google.re2j.Pattern;
import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.List;

/**
 * A pattern of file names as Ant and Jenkins write them: {@code *} and {@code ?} within one part, {@code **} for any
 * number of folders. Matched in linear time. Refuses absolute patterns and {@code ..}.
 */
record GlobPattern(String text, Pattern pattern) {
    /** How many characters a pattern may have. */
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
        StringBuilder regex = new StringBuilder("(?s)");
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            if (parts.get(i).equals("**")) {
                regex.append(last ? ".*" : "(?:.*/)?");
            } else {
                parts.get(i).codePoints().forEach(c -> regex.append(one(c)));
                regex.append(last ? "" : "/");
            }
        }
        return new GlobPattern(text, Pattern.compile(regex.toString()));
    }

    boolean matches(String name) {
        return pattern.matcher(name).matches();
    }

    private static String one(int character) {
        return switch (character) {
            case '*' -> "[^/]*";
            case '?' -> "[^/]";
            default -> Pattern.quote(Character.toString(character));
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
