package io.jenkins.plugins.airworthy.policy.rule;

import java.util.List;

/** The status of one item of a checklist. */
public enum Status {
    PASSED,
    /** Not fulfilled, or not proven; one failed item refuses the image. */
    FAILED,
    /** Not fulfilled, but accepted for now by a waiver with a reason. */
    WAIVED,
    /** Not fulfilled, or not proven, by a rule that only warns; neither refuses nor passes the image. */
    WARNED,
    /** The policy omits this item, with a reason. */
    NOT_APPLICABLE;

    /** Returns the more severe of two statuses. */
    Status worse(Status other) {
        for (Status worst : List.of(FAILED, WARNED, WAIVED)) {
            if (this == worst || other == worst) {
                return worst;
            }
        }
        return this;
    }
}
