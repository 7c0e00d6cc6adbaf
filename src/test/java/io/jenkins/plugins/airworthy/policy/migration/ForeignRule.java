package io.jenkins.plugins.airworthy.policy.migration;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictYaml;
import io.jenkins.plugins.airworthy.document.YamlValue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule of another policy engine, and what it is here. Exactly one of {@code checklist}, {@code spec}, {@code empty}, {@code test}
 * and {@code not} is written.
 *
 * @param place the file and line that describe it
 * @param group the package or kind that the rule belongs to there
 * @param checklist one item of a checklist
 * @param spec a member of {@code spec} other than the checklist
 * @param empty an item or member without what the rule needs, which must pass no image
 * @param test where something is always checked: class and method of the test that shows it
 * @param not why there is nothing like it
 * @param says words beside the line of policy, or what is always checked
 * @param evidence the statements that the image has, by the names of their files
 * @param change what makes the image fail: {@code NAME} leaves a statement out, {@code NAME = JSON} replaces what it says,
 *     {@code NAME /pointer} removes a member of it, and {@code NAME /pointer = JSON} replaces one
 */
record ForeignRule(
        String place,
        String group,
        String name,
        Optional<String> checklist,
        Optional<String> spec,
        Optional<String> empty,
        Optional<String> test,
        Optional<String> not,
        Optional<String> says,
        List<String> evidence,
        Optional<String> change) {
    static final Path FOLDER = Path.of("src/test/data/coming-from");

    private static final Set<String> MEMBERS =
            Set.of("rule", "checklist", "spec", "empty", "test", "not", "says", "evidence", "change");

    ForeignRule {
        evidence = List.copyOf(evidence);
    }

    /** All rules of an engine, in the order of its page. */
    static List<ForeignRule> of(String engine) throws IOException, InvalidInputException {
        Path file = FOLDER.resolve(engine + ".yaml");
        List<ForeignRule> rules = new ArrayList<>();
        for (YamlValue group :
                StrictYaml.parse(Files.readAllBytes(file), file.toString()).list()) {
            group.mapOf(Set.of("group", "rules"));
            for (YamlValue rule : group.member("rules").list()) {
                rules.add(read(file, group.member("group").text(), rule));
            }
        }
        return rules;
    }

    private static ForeignRule read(Path file, String group, YamlValue rule) throws InvalidInputException {
        rule.mapOf(MEMBERS);
        ForeignRule read = new ForeignRule(
                file.getFileName() + ":" + rule.line(),
                group,
                rule.member("rule").text(),
                text(rule, "checklist"),
                text(rule, "spec"),
                text(rule, "empty"),
                text(rule, "test"),
                text(rule, "not"),
                text(rule, "says"),
                rule.optional("evidence").isPresent() ? rule.member("evidence").texts() : List.of(),
                text(rule, "change"));
        long kinds = List.of(read.checklist, read.spec, read.empty, read.test, read.not).stream()
                .filter(Optional::isPresent)
                .count();
        if (kinds != 1) {
            throw rule.error("is of " + kinds + " kinds");
        }
        if (read.isLine() != read.change.isPresent()) {
            throw rule.error("a line of policy needs a change that it refuses, and nothing else needs one");
        }
        return read;
    }

    private static Optional<String> text(YamlValue rule, String member) throws InvalidInputException {
        Optional<YamlValue> value = rule.optional(member);
        return value.isPresent() ? Optional.of(value.get().raw().strip()) : Optional.empty();
    }

    /** Whether there is a line of policy for it. */
    boolean isLine() {
        return checklist.isPresent() || spec.isPresent();
    }

    /** The line of policy as it is written in a policy. */
    String line() {
        return checklist.or(() -> spec).orElseThrow();
    }

    /** The name of the rule in the other engine. */
    @Override
    public String toString() {
        return group + "." + name + " (" + place + ")";
    }
}
