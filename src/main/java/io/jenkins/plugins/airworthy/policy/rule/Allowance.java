package io.jenkins.plugins.airworthy.policy.rule;

import java.util.Optional;

/** An absence that a rule refuses unless the policy allows it by name. */
public enum Allowance {
    /** The scanner recognised no operating system in the image. */
    UNKNOWN_OS("unknown-os"),
    /** The distributor no longer fixes the operating system. */
    END_OF_LIFE_OS("end-of-life-os"),
    /** The scanner found no package at all to look at. */
    NOTHING_ANALYSED("nothing-analysed");

    private final String word;

    Allowance(String word) {
        this.word = word;
    }

    /** The allowance that a policy's word names. */
    public static Optional<Allowance> of(String word) {
        for (Allowance allowance : values()) {
            if (allowance.word.equals(word)) {
                return Optional.of(allowance);
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return word;
    }
}
