package io.jenkins.plugins.airworthy.image.name;

import io.jenkins.plugins.airworthy.Wildcard;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One segment of a pattern's path. Wildcards and captures match plain segments only: without encoded characters, {@code .} and
 * {@code ..}.
 *
 * @param text the text, or the name of a capture
 */
record PatternSegment(Kind kind, String text) {
    private static final Pattern CAPTURE = Pattern.compile("\\{([a-z][a-z0-9_]{0,31})(\\*\\*)?}");

    enum Kind {
        /** A name, in which {@code *} matches some characters. */
        GLOB,
        /** What a capture was bound to: compared as it is. */
        LITERAL,
        CAPTURE_ONE,
        CAPTURE_MANY,
        MANY
    }

    /** Parses one part; empty if it is malformed. */
    static Optional<PatternSegment> parse(String part) {
        Matcher capture = CAPTURE.matcher(part);
        if (capture.matches()) {
            return Optional.of(new PatternSegment(
                    capture.group(2) == null ? Kind.CAPTURE_ONE : Kind.CAPTURE_MANY, capture.group(1)));
        }
        if (part.equals("**")) {
            return Optional.of(new PatternSegment(Kind.MANY, part));
        }
        boolean climbs = part.isEmpty() || part.equals(".") || part.equals("..");
        return climbs || part.contains("**") || part.contains("{") || part.contains("}")
                ? Optional.empty()
                : Optional.of(new PatternSegment(Kind.GLOB, part));
    }

    static PatternSegment literal(String text) {
        return new PatternSegment(Kind.LITERAL, text);
    }

    boolean spans() {
        return kind == Kind.MANY || kind == Kind.CAPTURE_MANY;
    }

    boolean captures() {
        return kind == Kind.CAPTURE_ONE || kind == Kind.CAPTURE_MANY;
    }

    /** Whether this matches several names without capturing them. */
    boolean isOpen() {
        return kind == Kind.MANY || hasStar();
    }

    boolean fits(String segment) {
        return switch (kind) {
            case LITERAL -> text.equals(segment);
            case GLOB ->
                hasStar()
                        ? RepositoryName.isPlain(segment) && new Wildcard(text, Wildcard.Meaning.NAME).matches(segment)
                        : text.equals(segment);
            default -> RepositoryName.isPlain(segment);
        };
    }

    private boolean hasStar() {
        return kind == Kind.GLOB && text.indexOf('*') >= 0;
    }
}
