package io.jenkins.plugins.airworthy.evidence;

import java.util.Optional;

/** The machine that produced the content of a statement, from the least trusted to the most trusted. */
public enum Observer {
    /** Content that was produced elsewhere and imported. */
    IMPORTED("imported"),
    /** The machine that ran the build, which the build may have manipulated. The command line counts as this. */
    BUILD_AGENT("build-agent"),
    /** A machine that the administrator keeps separate from builds. */
    TRUSTED_AGENT("trusted-agent"),
    /** The controller itself. */
    CONTROLLER("controller");

    private final String word;

    Observer(String word) {
        this.word = word;
    }

    /** Returns the observer for a keyword in a statement or policy. */
    public static Optional<Observer> of(String word) {
        for (Observer observer : values()) {
            if (observer.word.equals(word)) {
                return Optional.of(observer);
            }
        }
        return Optional.empty();
    }

    public boolean atLeast(Observer other) {
        return compareTo(other) >= 0;
    }

    @Override
    public String toString() {
        return word;
    }
}
