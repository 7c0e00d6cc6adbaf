package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.image.name.NamePattern;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.rule.BaseRule;
import io.jenkins.plugins.airworthy.policy.rule.EvidenceRule;
import io.jenkins.plugins.airworthy.policy.rule.ExpressionRule;
import io.jenkins.plugins.airworthy.policy.rule.ProvenanceRule;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.policy.rule.WarningRule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Warns of what a valid policy asks for and this controller does not have, so that nothing that it makes could pass. */
final class PolicyWarnings {
    private final Policy policy;
    private final PolicySurroundings found;
    private final List<String> warnings = new ArrayList<>();

    private PolicyWarnings(Policy policy, PolicySurroundings found) {
        this.policy = policy;
        this.found = found;
    }

    static List<String> of(Policy policy, PolicySurroundings found) {
        PolicyWarnings warnings = new PolicyWarnings(policy, found);
        warnings.enforcement();
        warnings.keys();
        warnings.proof();
        warnings.observers();
        warnings.builders();
        warnings.registries();
        return List.copyOf(warnings.warnings);
    }

    private void enforcement() {
        Instant now = Instant.now();
        for (Rule rule : policy.checklist()) {
            if (rule instanceof WarningRule warning) {
                warnings.add("The rule '" + rule.id() + "' " + warning.enforcement(now) + ".");
            }
        }
        if (policy.checklist().stream().allMatch(rule -> rule.warns(now))) {
            warnings.add("No rule is enforced today: the policy passes no image.");
        }
    }

    private void keys() {
        policy.keys().stream()
                .filter(key -> !found.keys().contains(key))
                .forEach(key ->
                        warnings.add("There is no key '" + key + "': nothing that asks for its signature can pass."));
    }

    private void proof() {
        if (policy.asksForProof() && !found.trustedRoot()) {
            warnings.add("No trusted root is set up on the Security page: what asks for a log entry or a timestamp of"
                    + " signatures is refused.");
        }
    }

    private void observers() {
        String beyond = observedByAgents(Observer.CONTROLLER);
        if (!beyond.isEmpty()) {
            warnings.add("The controller itself neither tests nor scans: what asks for the observer 'controller' ("
                    + beyond + ") cannot pass. Ask for 'trusted-agent' there.");
        }
        String trusted = observedByAgents(Observer.TRUSTED_AGENT);
        if (!trusted.isEmpty() && !found.trustedAgents()) {
            warnings.add("No trusted agent is set up on the Security page: what asks for the observer 'trusted-agent' ("
                    + trusted + ") cannot pass. Name such an agent there, or ask for 'build-agent'.");
        }
    }

    /** The rules about tests and scans that ask for this observer. An expression decides by itself what it needs. */
    private String observedByAgents(Observer least) {
        return policy.checklist().stream()
                .map(Rule::enforced)
                .filter(rule -> rule instanceof EvidenceRule evidence
                        && evidence.trust().observed() == least
                        && !(rule instanceof ProvenanceRule
                                || rule instanceof BaseRule
                                || rule instanceof ExpressionRule))
                .map(Rule::id)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private void builders() {
        for (Rule rule : policy.checklist()) {
            if (rule.enforced() instanceof ProvenanceRule provenance
                    && !found.builder().isEmpty()
                    && !provenance.knowsBuilder(found.builder())) {
                warnings.add("The builder of this Jenkins, '" + found.builder() + "', is not among the builders of the"
                        + " rule '" + rule.id() + "': images that it builds cannot pass.");
            }
        }
    }

    private void registries() {
        policy.routes().stream()
                .flatMap(route -> Stream.concat(Stream.of(route.from()), route.to().stream()))
                .map(NamePattern::registry)
                .distinct()
                .forEach(this::registry);
    }

    private void registry(Optional<String> host) {
        if (host.isEmpty() && !found.layoutFolders()) {
            warnings.add("No layout folder is listed on the Security page: images of 'oci:' folders cannot be judged.");
        }
        if (host.isPresent() && !found.lists(host.get())) {
            warnings.add("The registry '" + host.get()
                    + "' is not listed on the Security page: this controller does not connect to it.");
        }
    }
}
