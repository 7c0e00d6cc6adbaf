package io.jenkins.plugins.airworthy.policy.read;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.YamlValue;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.policy.rule.WarningRule;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads whether a rule is enforced: the keys {@code mode} and {@code from}, which every rule may have. */
final class EnforcementReader {
    private static final String MODE = "mode";
    private static final String FROM = "from";
    private static final String WARN = "warn";

    private EnforcementReader() {}

    /** The members of a rule, refusing all but its own and those that every rule may have. */
    static Map<String, YamlValue> members(YamlValue rule, String... own) throws InvalidInputException {
        Set<String> known = new HashSet<>(List.of(own));
        known.add(MODE);
        known.add(FROM);
        return rule.mapOf(known);
    }

    /** Returns the rule, made to warn if the policy says so. Refuses a day for a rule that is enforced anyway. */
    static Rule read(YamlValue written, Rule rule) throws InvalidInputException {
        Optional<YamlValue> mode = written.optional(MODE);
        Optional<YamlValue> from = written.optional(FROM);
        boolean warns = mode.isPresent()
                && YamlFields.word(mode.get(), List.of("enforce", WARN)).equals(WARN);
        if (from.isEmpty()) {
            return warns ? new WarningRule(rule, Optional.empty()) : rule;
        }
        if (mode.isPresent() && !warns) {
            throw from.get().error("a rule of mode enforce has no 'from'; write mode: warn, or leave 'mode' out");
        }
        return new WarningRule(rule, Optional.of(YamlFields.date(from.get())));
    }
}
