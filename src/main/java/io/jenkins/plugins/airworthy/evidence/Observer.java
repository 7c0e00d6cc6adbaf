package io.jenkins.plugins.airworthy.evidence;

import java.util.Optional;

/** Where the content of a statement was observed, from the least believed to the most. */
public enum Observer {
    /** A report made elsewhere and handed in. */
    IMPORTED("imported"),
    /** The machine that ran the build, and with it whatever the build did to that machine. The command line counts as this. */
    BUILD_AGENT("build-agent"),
    /** A machine that the administrator set apart from builds. */
    TRUSTED_AGENT("trusted-agent"),
    /** The controller itself. */
    CONTROLLER("controller");

    private final String word;

    Observer(String word) {
        this.word = word;
    }

    /** The observer that a word of a statement or policy names. */
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
