package io.jenkins.plugins.airworthy.policy.rule;

/** The status of one item of a checklist. */
public enum Status {
    PASSED,
    /** Not fulfilled, or not proven; one failed item refuses the image. */
    FAILED,
    /** Not fulfilled, but accepted for now by a waiver with a reason. */
    WAIVED,
    /** The policy omits this item, with a reason. */
    NOT_APPLICABLE;

    /** Returns the more severe of two statuses. */
    Status worse(Status other) {
        if (this == FAILED || other == FAILED) {
            return FAILED;
        }
        return this == WAIVED || other == WAIVED ? WAIVED : this;
    }
}
