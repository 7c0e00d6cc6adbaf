package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parses settings of a container: {@code NAME=VALUE} once for each name, and the words of a command line. */
public final class NamedValues {
    private NamedValues() {}

    /**
     * Returns the values by name, in the order in which they were given.
     *
     * @param what names the list in errors, for example {@code --env}
     */
    public static Map<String, String> parse(String what, List<String> texts) throws InvalidInputException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                throw new InvalidInputException(what + " '" + text + "': expected NAME=VALUE");
            }
            if (pairs.putIfAbsent(text.substring(0, equals), text.substring(equals + 1)) != null) {
                throw new InvalidInputException(what + ": '" + text.substring(0, equals) + "' is given twice");
            }
        }
        return pairs;
    }

    /** Returns the words; empty without any, and an empty list for a single empty word, which means "none". */
    public static Optional<List<String>> words(List<String> words) {
        if (words.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(words.equals(List.of("")) ? List.of() : words);
    }
}
