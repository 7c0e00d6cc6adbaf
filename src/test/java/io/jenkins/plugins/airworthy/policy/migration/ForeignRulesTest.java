package io.jenkins.plugins.airworthy.policy.migration;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Every line of the pages for those who come from another engine passes an honest image, and refuses it after one change. */
class ForeignRulesTest {
    static final List<String> ENGINES = List.of("conforma", "kyverno", "policy-controller");

    private static final String POLICY = """
            apiVersion: airworthy/v1
            kind: Policy
            metadata: {name: production}
            spec:
              trust: {keys: [release], observed: imported}
            %s
            """;
    private static final String IMAGES =
            "images: [{from: \"registry.example.com/staging/{app**}\", to: \"registry.example.com/prod/{app**}\"}]";
    private static final String OTHER_ITEM = "- user: {nonRoot: true}";

    @ParameterizedTest
    @MethodSource("lines")
    void passesTheHonestImageAndRefusesTheChangedOne(ForeignRule rule) throws Exception {
        Policy policy = policy(rule.line());
        for (Verdict.Item item : items(judge(policy, rule, Optional.empty()), rule)) {
            assertThat(item.status()).as(rule + ": " + item.reason()).isEqualTo(Status.PASSED);
        }
        Verdict.Item changed = worst(judge(policy, rule, rule.change()), rule);
        assertThat(changed.status())
                .as(rule + ": " + changed.reason())
                .isEqualTo(warns(rule.line()) ? Status.WARNED : Status.FAILED);
        boolean replaced = rule.change().orElseThrow().contains(" = ");
        if (replaced) { // a member that is not there may be one that the expression needs
            assertThat(changed.reason()).as(rule.toString()).doesNotContain("could not be evaluated");
        }
    }

    /** A condition about every member of a list holds for none too: nothing may pass because there is nothing to look at. */
    @ParameterizedTest
    @MethodSource("linesAboutEvidence")
    void refusesTheImageWithoutEvidence(ForeignRule rule) throws Exception {
        SampleImage image = SampleImage.of(Optional.empty());
        Verdict verdict = policy(rule.line()).judge(image.with(List.of()), image.now());
        assertThat(worst(verdict, rule).status()).as(rule.toString()).isNotEqualTo(Status.PASSED);
    }

    /** Where the other engine checks that its data was given, the data is part of the line. */
    @ParameterizedTest
    @MethodSource("empties")
    void passesNothingWithoutItsData(ForeignRule rule) throws Exception {
        Policy policy;
        try {
            policy = policy(rule.empty().orElseThrow());
        } catch (InvalidInputException e) {
            return; // not a policy, so it passes nothing
        }
        assertThat(judge(policy, rule, Optional.empty()).passed())
                .as(rule.toString())
                .isFalse();
    }

    static Stream<ForeignRule> lines() throws Exception {
        return all().stream().filter(ForeignRule::isLine);
    }

    static Stream<ForeignRule> linesAboutEvidence() throws Exception {
        return lines().filter(rule -> !rule.evidence().isEmpty());
    }

    static Stream<ForeignRule> empties() throws Exception {
        return all().stream().filter(rule -> rule.empty().isPresent());
    }

    static List<ForeignRule> all() throws Exception {
        List<ForeignRule> rules = new ArrayList<>();
        for (String engine : ENGINES) {
            rules.addAll(ForeignRule.of(engine));
        }
        return rules;
    }

    private static Verdict judge(Policy policy, ForeignRule rule, Optional<String> change) throws Exception {
        SampleImage image = SampleImage.of(change);
        return policy.judge(image.with(rule.evidence()), image.now());
    }

    /** The items of the line; of a member of {@code spec} all but those that every policy has here. */
    private static List<Verdict.Item> items(Verdict verdict, ForeignRule rule) {
        List<Verdict.Item> found = verdict.items().stream()
                .filter(item -> rule.spec().isPresent()
                        || ("\n" + rule.line()).contains("\n- " + item.id().replaceFirst("[:#].*", "") + ":"))
                .filter(item -> item.status() != Status.NOT_APPLICABLE)
                .toList();
        assertThat(found).as(rule + " in " + verdict.items()).isNotEmpty();
        return found;
    }

    private static Verdict.Item worst(Verdict verdict, ForeignRule rule) {
        List<Verdict.Item> items = items(verdict, rule);
        return items.stream()
                .filter(item -> item.status() != Status.PASSED)
                .findFirst()
                .orElse(items.get(0));
    }

    /** A policy with one line, and what a policy needs beside it. */
    private static Policy policy(String line) throws InvalidInputException {
        boolean item = line.startsWith("- ");
        String checklist = item ? line : OTHER_ITEM;
        List<String> spec = new ArrayList<>();
        if (!line.startsWith("images:")) {
            spec.add(IMAGES);
        }
        if (!item) {
            spec.add(line);
        }
        List<String> without = Stream.of("signature", "vulnerabilities")
                .filter(rule -> !("\n" + checklist).contains("\n- " + rule + ":") || warns(checklist))
                .map(rule -> "{rule: " + rule + ", reason: not under test}")
                .toList();
        if (!without.isEmpty()) {
            spec.add("without: [" + String.join(", ", without) + "]");
        }
        spec.add("checklist:\n" + checklist.indent(2));
        String document = POLICY.formatted(String.join("\n", spec).indent(2));
        return Policy.parse(document.getBytes(UTF_8), "policy.yaml");
    }

    /** Whether an image that breaks the line gets a warning and is not refused. */
    private static boolean warns(String line) {
        return line.contains("mode: warn") || line.contains("from: 2");
    }
}
