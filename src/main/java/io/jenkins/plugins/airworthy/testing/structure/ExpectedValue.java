package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The value that a label or an environment variable must have: this text, or one in which a pattern is found.
 *
 * @param pattern present when {@code isRegex} is true
 */
record ExpectedValue(String key, String value, Optional<BoundedPattern> pattern) {

    static List<ExpectedValue> readAll(List<YamlValue> pairs) throws InvalidInputException {
        List<ExpectedValue> read = new ArrayList<>();
        for (YamlValue pair : pairs) {
            pair.mapOf(Set.of("key", "value", "isRegex"));
            Optional<YamlValue> isRegex = pair.optional("isRegex");
            boolean regex = isRegex.isPresent() && isRegex.get().truth();
            YamlValue value = pair.member("value");
            read.add(new ExpectedValue(
                    StructureTestFile.required(pair, "key"),
                    value.text(),
                    regex ? Optional.of(BoundedPattern.read(value)) : Optional.empty()));
        }
        return List.copyOf(read);
    }

    /** Reasons name the expected value, never the found one, which may be a secret. */
    void check(String what, Optional<String> found, Findings findings, MatchBudget budget)
            throws InvalidInputException {
        if (found.isEmpty()) {
            findings.fail(what + " " + key + " is not set");
        } else if (pattern.isPresent()) {
            if (!pattern.get().isFoundIn(found.get(), budget)) {
                findings.fail(what + " " + key + " does not match '" + pattern.get() + "'");
            }
        } else if (!value.equals(found.get())) {
            findings.fail(what + " " + key + " is not '" + value + "'");
        }
    }
}
