package io.jenkins.plugins.airworthy.jenkins.step;

import java.util.Optional;

/** The text of a field in a form, a Jenkinsfile or a stored job: null, blanks and an empty text mean the same. */
final class GivenText {
    private GivenText() {}

    /** For a field of a step, which Jenkins reads and writes: never null. */
    static String trimmed(String text) {
        return text == null ? "" : text.trim();
    }

    /** For the work: a job's stored settings may lack the field. */
    static Optional<String> of(String text) {
        return Optional.of(trimmed(text)).filter(given -> !given.isEmpty());
    }
}
