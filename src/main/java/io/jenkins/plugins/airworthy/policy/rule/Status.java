package io.jenkins.plugins.airworthy.policy.rule;

/** What became of one item of a checklist. */
public enum Status {
    PASSED,
    /** Not shown, or shown to be bad; one is enough to refuse the image. */
    FAILED,
    /** Bad, and the policy says why it is accepted for now. */
    WAIVED,
    /** The policy says that it does not ask for this, and why. */
    NOT_APPLICABLE;

    /** The one of two that decides when both speak of the same thing. */
    Status worse(Status other) {
        if (this == FAILED || other == FAILED) {
            return FAILED;
        }
        return this == WAIVED || other == WAIVED ? WAIVED : this;
    }
}
