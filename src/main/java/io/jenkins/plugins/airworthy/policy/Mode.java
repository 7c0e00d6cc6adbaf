package io.jenkins.plugins.airworthy.policy;

import java.util.Locale;

/** Whether a policy is enforced. */
public enum Mode {
    ENFORCE,
    /** The policy judges as usual, but nothing may be promoted by its verdict. */
    AUDIT;

    /** The keyword in policies and verdicts. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
