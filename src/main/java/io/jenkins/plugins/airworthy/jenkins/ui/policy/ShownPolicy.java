package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.ui.element.UrlSegment;
import io.jenkins.plugins.airworthy.policy.Policy;

/**
 * A policy as lists show it.
 *
 * @param state what it does, or what is wrong with it
 * @param jobs who may use it
 */
public record ShownPolicy(String name, boolean sound, String state, String jobs) {
    /** Its name as a part of an address. */
    public String address() {
        return UrlSegment.segment(name);
    }

    public static ShownPolicy of(PolicyEntry entry) {
        String jobs = entry.getJobs().isEmpty() ? "all jobs" : String.join(", ", entry.getJobs());
        try {
            Policy policy = entry.policy();
            String until = policy.expires().map(day -> ", until " + day).orElse("");
            return new ShownPolicy(entry.getName(), true, policy.mode() + until, jobs);
        } catch (InvalidInputException e) {
            return new ShownPolicy(entry.getName(), false, e.getMessage(), jobs);
        }
    }
}
