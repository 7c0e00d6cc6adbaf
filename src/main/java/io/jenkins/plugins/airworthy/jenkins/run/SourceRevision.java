package io.jenkins.plugins.airworthy.jenkins.run;

import io.jenkins.plugins.airworthy.evidence.Observer;

import java.util.Optional;

/**
 * A revision of source code that a run used.
 *
 * @param repository a URL without user, password, query and fragment, and without a {@code .git} at its end
 * @param ref for example {@code refs/heads/main}; what cannot be told is written as {@code HEAD}
 * @param commit hexadecimal; absent when it is not git's
 * @param observer who saw which commit it was: the controller, or the agent that checked it out
 */
public record SourceRevision(String repository, String ref, Optional<String> commit, Observer observer) {}
