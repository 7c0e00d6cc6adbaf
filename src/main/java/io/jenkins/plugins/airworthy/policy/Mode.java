package io.jenkins.plugins.airworthy.policy;

import java.util.Locale;

/** Whether a refusal is meant. */
public enum Mode {
    ENFORCE,
    /** The verdict is the real one, but nothing may be promoted by it. */
    AUDIT;

    /** The word in policies and verdicts. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
