package io.jenkins.plugins.airworthy.policy.migration;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The policy that each page for those who come from another engine shows as a whole: theirs, which is refused, and ours. */
class WholePolicyTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    /** Theirs, then ours. */
    private static List<String> shown(String engine) throws Exception {
        String page = Files.readString(Path.of("docs/coming-from-" + engine + ".md"));
        int begin = page.indexOf("## One policy, both ways");
        return BLOCK.matcher(page.substring(begin, page.indexOf(ForeignRulesPage.HEADING)))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kyverno | signature scan | signature | signature",
                "kyverno | signature scan | scan /metadata/scanFinishedOn = \"2026-11-01T00:00:00Z\" | vulnerabilities",
                "policy-controller | signature custom | signature | signature",
                "policy-controller | signature custom | custom /Data = \"something else\" | expression:tested",
                "conforma | signature tekton-v1 scan | signature | signature",
                "conforma | signature tekton-v1 scan | tekton-v1 /runDetails/builder/id = \"https://example.org/x\" | provenance",
                "conforma | signature tekton-v1 scan | scan | vulnerabilities",
                "conforma | signature tekton-v1 scan | image /config/Labels/vendor | expression:labels"
            })
    void passesTheHonestImageAndRefusesTheChangedOne(String engine, String evidence, String change, String item)
            throws Exception {
        List<String> shown = shown(engine);
        assertThat(shown).hasSize(2);
        Policy policy = Policy.parse(shown.get(1).getBytes(UTF_8), engine);
        List<String> statements = List.of(evidence.split(" "));

        SampleImage honest = SampleImage.of(Optional.empty());
        Verdict passed = policy.judge(honest.with(statements), honest.now());
        assertThat(passed.passed()).as(passed.items().toString()).isTrue();

        SampleImage changed = SampleImage.of(Optional.of(change));
        Verdict failed = policy.judge(changed.with(statements), changed.now());
        assertThat(failed.items().stream()
                        .filter(each -> each.status() == Status.FAILED)
                        .map(Verdict.Item::id)
                        .collect(Collectors.joining(",")))
                .isEqualTo(item);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kyverno", "policy-controller", "conforma"})
    void namesThePageOfAPolicyOfAnotherEngine(String engine) throws Exception {
        assertRefused(shown(engine).get(0), engine);
    }

    @Test
    void namesThePageOfEveryFormOfTheirs() {
        assertRefused("{apiVersion: policies.kyverno.io/v1alpha1, kind: ImageValidatingPolicy, spec: {}}", "kyverno");
        assertRefused("{apiVersion: policy.sigstore.dev/v1alpha1, kind: ClusterImagePolicy}", "policy-controller");
        assertRefused("{sources: [{policy: [\"oci::r.example.com/p\"]}]}", "conforma");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: notkyverno.io/v1, kind: Policy, metadata: {name: a}, spec: {}}",
                "{apiVersion: {kyverno.io: 1}, kind: Policy, metadata: {name: a}, spec: {}}",
                "{kind: Policy, metadata: {name: a}, spec: {}}",
                "[kyverno.io]",
                "kyverno.io"
            })
    void takesNothingElseForAnotherEngines(String document) {
        assertThatThrownBy(() -> Policy.parse(document.getBytes(UTF_8), "p.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .doesNotContain("coming-from");
    }

    private static void assertRefused(String document, String engine) {
        assertThatThrownBy(() -> Policy.parse(document.getBytes(UTF_8), "p.yaml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("p.yaml:1:1: this is a policy of ")
                .hasMessageContaining("docs/coming-from-" + engine + ".md shows the line that says the same here");
        assertThat(Path.of("docs/coming-from-" + engine + ".md")).exists();
    }
}
