package io.jenkins.plugins.airworthy.jenkins.run.origin;

import io.jenkins.plugins.airworthy.evidence.Observer;

import java.util.Optional;

/**
 * A revision of source code that a run used.
 *
 * @param repository a URL in the form of {@link SourceUrl}
 * @param ref for example {@code refs/heads/main}; an unknown ref is written as {@code HEAD}
 * @param commit hexadecimal; absent if it is not a git commit
 * @param observer who observed the commit: the controller, or the agent that checked it out
 */
public record SourceRevision(String repository, String ref, Optional<String> commit, Observer observer) {
    /** The ref of a checkout whose branch or tag is not known. */
    public static final String NO_REF = "HEAD";
}
