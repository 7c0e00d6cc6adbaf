package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An absolute path in an image, such as {@code /app/lib}. Refuses relative paths, empty, {@code .} and {@code ..} parts,
 * characters that could forge a line or were lost by the file system's encoding, and names that an engine would treat
 * as deletions (whiteouts).
 */
public record ImagePath(String text) implements Comparable<ImagePath> {
    /** Maximum length of a path, in bytes of UTF-8. */
    public static final int MAX_BYTES = 4_095;

    /** Maximum length of a name in a path, in bytes of UTF-8. */
    public static final int MAX_NAME_BYTES = 255;

    private static final int SHOWN_CHARACTERS = 500;

    static final ImagePath ROOT = new ImagePath("/");

    /** OCI image specification, layer.md: a file of this name removes another one from the layers below. */
    private static final String WHITEOUT_PREFIX = ".wh.";

    public ImagePath {
        problem(text).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    /** Parses an untrusted path. */
    public static ImagePath parse(String text) throws InvalidInputException {
        Optional<String> problem = problem(text);
        if (problem.isPresent()) {
            throw new InvalidInputException("'" + abbreviated(text) + "' is not a path in an image: " + problem.get());
        }
        return new ImagePath(text);
    }

    /** Shortens a path, so that the reason after it is not cut off. */
    private static String abbreviated(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    ImagePath child(String name) throws InvalidInputException {
        return parse(equals(ROOT) ? "/" + name : text + "/" + name);
    }

    /** Returns the parent folder; the root's is the root. */
    ImagePath parent() {
        int slash = text.lastIndexOf('/');
        return slash <= 0 ? ROOT : new ImagePath(text.substring(0, slash));
    }

    private static Optional<String> problem(String text) {
        if (!text.startsWith("/")) {
            return Optional.of("it must begin with /");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            return Optional.of("it has more than " + MAX_BYTES + " bytes");
        }
        if (text.equals("/")) {
            return Optional.empty();
        }
        for (String name : text.substring(1).split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                return Optional.of("it must not have an empty part, '.' or '..'");
            }
            if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
                return Optional.of("a name has more than " + MAX_NAME_BYTES + " bytes");
            }
            if (name.startsWith(WHITEOUT_PREFIX)) {
                return Optional.of("a name beginning with .wh. would delete a file of the base image");
            }
            if (name.codePoints().anyMatch(ImagePath::isUnsafe)) {
                return Optional.of(
                        "a name contains a control character or one that the file system's encoding cannot show");
            }
        }
        return Optional.empty();
    }

    private static boolean isUnsafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> codePoint == 0xFFFD;
        };
    }

    @Override
    public int compareTo(ImagePath other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
