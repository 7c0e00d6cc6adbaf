package io.jenkins.plugins.airworthy.policy.read;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Name;
import io.jenkins.plugins.airworthy.document.YamlScalars;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.image.name.NamePattern;
import io.jenkins.plugins.airworthy.policy.rule.Durations;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the scalars of policies. A blank, too long or malformed value is refused with its line and column. */
public final class YamlFields {
    /** Maximum length of a text, in characters. */
    public static final int MAX_TEXT = YamlScalars.MAX_TEXT;

    /** Maximum number of entries in a list. */
    public static final int MAX_ENTRIES = 1_000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private YamlFields() {}

    /** Parses a scalar; the caller adds its line and column to errors. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse(String text) throws InvalidInputException;
    }

    public static String text(YamlValue value) throws InvalidInputException {
        return YamlScalars.text(value);
    }

    /** Reads the name of a policy or a key. */
    public static String name(YamlValue value, String what) throws InvalidInputException {
        String text = value.text();
        try {
            return Name.require(text, what);
        } catch (InvalidInputException e) {
            throw value.error(e.getMessage());
        }
    }

    /** Reads the name of an expression or a vulnerability. */
    public static String name(YamlValue value) throws InvalidInputException {
        String text = value.text();
        if (!NAME.matcher(text).matches()) {
            throw value.error(
                    "expected a name: letters, digits, '.', '_' and '-', not one of these first, at most 100");
        }
        return text;
    }

    /** Reads a list that is not empty. */
    public static List<YamlValue> some(YamlValue value) throws InvalidInputException {
        return YamlScalars.some(value, MAX_ENTRIES);
    }

    /** Reads a list that is not empty and parses each entry. */
    public static <T> List<T> all(YamlValue value, Parser<T> parser) throws InvalidInputException {
        return YamlScalars.all(value, MAX_ENTRIES, parser::parse);
    }

    /** Reads the last day of a period, in UTC. */
    public static LocalDate date(YamlValue value) throws InvalidInputException {
        String text = value.text();
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            throw value.error("'" + text + "' is not a day of the calendar");
        }
        throw value.error("expected a date such as 2026-12-31");
    }

    static Duration duration(YamlValue value) throws InvalidInputException {
        String text = value.text();
        return Durations.parse(text)
                .orElseThrow(() -> value.error("expected a duration such as 30m, 24h or 7d, found '" + text + "'"));
    }

    static <T> T word(YamlValue value, Function<String, Optional<T>> known, List<T> all) throws InvalidInputException {
        return YamlScalars.word(value, known, all);
    }

    /** Reads one of several keywords. */
    public static String word(YamlValue value, List<String> all) throws InvalidInputException {
        return YamlScalars.word(value, all);
    }

    /** Parses a text, and adds line and column to the error. */
    public static <T> T checked(YamlValue value, Parser<T> parser) throws InvalidInputException {
        return YamlScalars.checked(value, parser::parse);
    }

    /** Reads a pattern for images in which captures are not allowed. */
    public static NamePattern patternWithoutCaptures(YamlValue value) throws InvalidInputException {
        NamePattern pattern = checked(value, NamePattern::ofImages);
        if (!pattern.captures().isEmpty()) {
            throw value.error("{} binds nothing here; write * or **");
        }
        return pattern;
    }
}
