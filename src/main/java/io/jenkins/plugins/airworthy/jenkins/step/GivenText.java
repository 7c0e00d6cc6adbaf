package io.jenkins.plugins.airworthy.jenkins.step;

import java.util.Optional;

/** What a form, a Jenkinsfile or a stored job says in a field: nothing at all, blanks and no text mean the same. */
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
