package io.jenkins.plugins.airworthy.jenkins.ui.policy;

import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;

import java.util.Optional;
import java.util.Set;

/** Notices about policies that came from configuration as code or a script, which set all of them again. */
final class PolicyNotices {
    private static final String UNTIL =
            " until the configuration is applied again, at the next restart at the latest. Change the code instead.";

    private PolicyNotices() {}

    /** What happens to changes on a page; empty if they are permanent. */
    static String advice(Optional<String> name) {
        return advice(AirworthyConfiguration.get().getPoliciesAsCode(), name);
    }

    /**
     * The same.
     *
     * @param name of the page's policy; empty for the list and for a new one
     */
    static String advice(Set<String> asCode, Optional<String> name) {
        if (asCode.isEmpty()) {
            return "";
        }
        if (name.isEmpty()) {
            return "Policies are managed as code: what is added, changed or removed here lasts" + UNTIL;
        }
        return asCode.contains(name.get())
                ? "This policy is managed as code: changes made here last" + UNTIL
                : "Policies are managed as code, and this one is not in the code: it lasts" + UNTIL;
    }
}
