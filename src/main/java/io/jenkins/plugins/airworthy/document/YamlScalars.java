package io.jenkins.plugins.airworthy.document;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the scalars and lists of any document in strict YAML. What does not fit is refused with its line and column. */
public final class YamlScalars {
    /** Maximum length of a text, in characters. */
    public static final int MAX_TEXT = 4_000;

    private YamlScalars() {}

    /** Parses a scalar; line and column are added to its errors. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse(String text) throws InvalidInputException;
    }

    public static String text(YamlValue value) throws InvalidInputException {
        String text = value.text();
        if (text.isBlank() || text.length() > MAX_TEXT) {
            throw value.error("expected a text of 1 to " + MAX_TEXT + " characters");
        }
        return text;
    }

    /** Reads a list that is not empty. */
    public static List<YamlValue> some(YamlValue value, int maxEntries) throws InvalidInputException {
        List<YamlValue> list = value.list();
        if (list.isEmpty()) {
            throw value.error("the list is empty");
        }
        if (list.size() > maxEntries) {
            throw value.error("more than the allowed " + maxEntries + " entries");
        }
        return list;
    }

    /** Reads a list that is not empty and parses each entry. */
    public static <T> List<T> all(YamlValue value, int maxEntries, Parser<T> parser) throws InvalidInputException {
        List<T> all = new ArrayList<>();
        for (YamlValue each : some(value, maxEntries)) {
            all.add(checked(each, parser));
        }
        return all;
    }

    /** Reads a time in UTC, such as {@code 2026-12-31T12:00:00Z}. */
    public static Instant instant(YamlValue value) throws InvalidInputException {
        String text = value.text();
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw value.error("expected a time in UTC such as 2026-12-31T12:00:00Z");
        }
    }

    /** Reads one of several words. */
    public static <T> T word(YamlValue value, Function<String, Optional<T>> known, List<T> all)
            throws InvalidInputException {
        String text = value.text();
        return known.apply(text)
                .orElseThrow(() -> value.error("unknown word '" + text + "', expected one of "
                        + all.stream().map(Object::toString).sorted().collect(Collectors.joining(", "))));
    }

    /** Reads one of several words. */
    public static String word(YamlValue value, List<String> all) throws InvalidInputException {
        return word(value, text -> all.stream().filter(text::equals).findFirst(), all);
    }

    /** Parses a text, and adds line and column to the error. */
    public static <T> T checked(YamlValue value, Parser<T> parser) throws InvalidInputException {
        String text = text(value);
        try {
            return parser.parse(text);
        } catch (InvalidInputException e) {
            throw value.error(e.getMessage());
        }
    }
}
