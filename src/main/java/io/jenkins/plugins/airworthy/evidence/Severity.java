package io.jenkins.plugins.airworthy.evidence;

import java.util.Optional;

/** The severity of a finding, in ascending order; unknown if the scanner could not rate it. */
public enum Severity {
    UNKNOWN,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** The severity that an upper-case word names. */
    public static Optional<Severity> of(String word) {
        for (Severity severity : values()) {
            if (severity.name().equals(word)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }
}
