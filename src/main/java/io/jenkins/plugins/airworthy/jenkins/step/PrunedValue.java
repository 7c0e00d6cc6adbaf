package io.jenkins.plugins.airworthy.jenkins.step;

import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

import java.io.Serializable;

/** The result of {@code imagePrune} for a pipeline: how many statements about an image it removed, and how many stay. */
public final class PrunedValue implements Serializable {
    private static final long serialVersionUID = 1;

    private final String reference;
    private final int replaced;
    private final int removed;
    private final int kept;

    PrunedValue(String reference, int replaced, int removed, int kept) {
        this.reference = reference;
        this.replaced = replaced;
        this.removed = removed;
        this.kept = kept;
    }

    @Whitelisted
    public String getReference() {
        return reference;
    }

    /** How many statements can be removed. */
    @Whitelisted
    public int getReplaced() {
        return replaced;
    }

    /** How many statements were removed; none in a dry run. */
    @Whitelisted
    public int getRemoved() {
        return removed;
    }

    @Whitelisted
    public int getKept() {
        return kept;
    }

    @Override
    @Whitelisted
    public String toString() {
        return reference;
    }
}
