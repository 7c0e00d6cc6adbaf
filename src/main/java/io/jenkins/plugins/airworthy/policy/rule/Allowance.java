package io.jenkins.plugins.airworthy.policy.rule;

import java.util.Optional;

/** Something missing in a scan that a rule refuses unless the policy allows it by name. */
public enum Allowance {
    /** The scanner recognised no operating system in the image. */
    UNKNOWN_OS("unknown-os"),
    /** The distributor no longer provides fixes for the operating system. */
    END_OF_LIFE_OS("end-of-life-os"),
    /** The scanner found no package in the image. */
    NOTHING_ANALYSED("nothing-analysed"),
    /** The scan does not say what it looked for. */
    SCANNERS_UNKNOWN("scanners-unknown"),
    /** The scan does not say of which day its vulnerability database is. */
    DATABASE_UNKNOWN("database-unknown"),
    /** The scan does not name the image that it is about; only the statement around it does. */
    IMAGE_UNNAMED("image-unnamed");

    private final String word;

    Allowance(String word) {
        this.word = word;
    }

    /** Returns the allowance for a keyword in a policy. */
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
