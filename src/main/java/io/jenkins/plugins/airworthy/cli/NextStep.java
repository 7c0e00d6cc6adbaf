package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.EvidenceRule;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.policy.rule.Status;

import java.util.List;
import java.util.Optional;

/** Says what to do next about an item that an image has not passed. It is advice: only a new verdict says whether it helped. */
final class NextStep {
    private NextStep() {}

    /**
     * Returns a sentence; empty if the item asks for nothing more.
     *
     * @param image by its digest, as evidence is attached to it
     */
    static Optional<String> of(Verdict.Item item, List<Rule> checklist, String image) {
        if (item.status() != Status.FAILED && item.status() != Status.WARNED) {
            return Optional.empty();
        }
        String kind = item.id().split("[:#]", 2)[0];
        Optional<Observer> observer = checklist.stream()
                .filter(rule -> item.id().split("#", 2)[0].equals(rule.id()))
                .map(Rule::enforced)
                .filter(EvidenceRule.class::isInstance)
                .map(rule -> ((EvidenceRule) rule).trust().observed())
                .min(Observer::compareTo);
        // The command line counts as the machine of a build.
        boolean inJenkins =
                observer.filter(least -> !Observer.BUILD_AGENT.atLeast(least)).isPresent();
        boolean proven = checklist.stream()
                .filter(rule -> item.id().split("#", 2)[0].equals(rule.id()))
                .anyMatch(rule -> rule.signatories().proof().asks());
        return Optional.of(
                switch (kind) {
                    case "images" ->
                        "give the image a name that an entry of 'images' fits, and the target the name and tag that the"
                                + " entry makes of it";
                    case "image" -> "build the image again: what is wrong is in the image itself";
                    case "expires" -> "let the owner of the policy renew it";
                    case "signature" ->
                        proven
                                ? "sign it so that the trusted root's log or authority vouches for it, such as by cosign sign"
                                        + " --key FILE --signing-config FILE " + image
                                : "airworthy sign " + image + " --key FILE";
                    case "tests" ->
                        inJenkins
                                ? "run the tests with imageTest on an agent that the policy trusts"
                                : "airworthy test " + image + " --structure FILE --key FILE";
                    case "vulnerabilities", "secrets", "sbom", "packages", "licences", "misconfigurations" ->
                        inJenkins
                                ? "scan it with imageScan on an agent that the policy trusts; what it finds needs a new"
                                        + " build, or for a vulnerability a waiver"
                                : "airworthy scan " + image + " --key FILE, with a vulnerability database that is new"
                                        + " enough; what it finds needs a new build, or for a vulnerability a waiver";
                    case "provenance", "base" ->
                        "build the image again by a builder that the policy names, or adopt it again with its source if"
                                + " the policy accepts adopted images: other evidence of how it was made cannot be added"
                                + " later";
                    case "user" ->
                        "build the image again with a user, by number: build --user 1000, or USER 1000 in a Dockerfile";
                    case "expression" ->
                        "make the expression true, as its message says; a statement that is missing is attached by"
                                + " airworthy attest, scan or test";
                    case "evidence" -> "test or scan the image here once more";
                    default -> "see docs/policy.md about '" + kind + "'";
                });
    }
}
