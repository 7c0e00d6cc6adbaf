package io.jenkins.plugins.airworthy.evidence;

import java.util.Optional;

/** How bad a finding is, from the least to the worst; unknown is what the scanner could not rate. */
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
