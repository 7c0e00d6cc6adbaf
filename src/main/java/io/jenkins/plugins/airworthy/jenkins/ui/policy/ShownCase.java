package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import io.jenkins.plugins.airworthy.gate.cases.PolicyCases;

/**
 * A replayed case as the editor shows it.
 *
 * @param good whether the policy decides as the case expects
 * @param text what it decides, or in which way that is not what is expected; one line
 */
public record ShownCase(String name, boolean good, String text) {
    static ShownCase of(PolicyCases.Result result) {
        return new ShownCase(
                result.name(),
                result.isAsExpected(),
                result.isAsExpected()
                        ? result.verdict().orElseThrow().decision() + ", as expected"
                        : result.difference());
    }
}
