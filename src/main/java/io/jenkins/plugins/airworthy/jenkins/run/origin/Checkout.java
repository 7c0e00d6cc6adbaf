package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.scm.SCM;
import io.jenkins.plugins.airworthy.evidence.Observer;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One checkout of a run, as it is kept in the run's file. Plain, because Jenkins writes and reads it field by field. */
final class Checkout {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private final String type;
    private final String settings;
    private final String repository;
    private final String ref;
    private final String commit;
    private final boolean steady;
    private final boolean onController;
    private final String doubt;

    private Checkout(
            String type,
            String settings,
            String repository,
            String ref,
            String commit,
            boolean steady,
            boolean onController,
            String doubt) {
        this.type = type;
        this.settings = settings;
        this.repository = repository;
        this.ref = ref;
        this.commit = commit;
        this.steady = steady;
        this.onController = onController;
        this.doubt = doubt;
    }

    /**
     * A checkout that was just made.
     *
     * @param environment the variables about the checkout that the source control gives to builds
     * @param onController whether it was made on the controller itself
     */
    static Checkout of(SCM scm, Map<String, String> environment, boolean onController) {
        String type = scm.getClass().getName();
        String settings = ScmSettings.digest(scm);
        String commit = Optional.ofNullable(environment.get("GIT_COMMIT"))
                .filter(text -> COMMIT.matcher(text).matches())
                .orElse("");
        try {
            GitSettings git = GitSettings.of(scm);
            String ref = git.ref(Optional.ofNullable(environment.get("GIT_BRANCH")));
            return new Checkout(
                    type,
                    settings,
                    git.repository(),
                    ref,
                    commit,
                    git.isSteady(),
                    onController,
                    commit.isEmpty() ? "git does not say which commit it is" : "");
        } catch (GitSettings.NotPlainException e) {
            String repository = Optional.ofNullable(environment.get("GIT_URL"))
                    .flatMap(SourceUrl::of)
                    .orElse("");
            return new Checkout(
                    type, settings, repository, SourceRevision.NO_REF, commit, false, onController, e.getMessage());
        }
    }

    /** Whether it was made with these settings. */
    boolean isWith(String digest) {
        return settings.equals(digest);
    }

    /** Whether parameters and environment could not influence which revision was taken. */
    boolean isSteady() {
        return steady;
    }

    boolean isOnController() {
        return onController;
    }

    /** Why this cannot be named as the source of anything; empty when it can. */
    Optional<String> doubt() {
        return doubt.isEmpty() ? Optional.empty() : Optional.of(doubt);
    }

    /** The type replaces the repository of a source control that does not report it. */
    SourceRevision revision() {
        return new SourceRevision(
                repository.isEmpty() ? type : repository,
                ref,
                commit.isEmpty() ? Optional.empty() : Optional.of(commit),
                onController ? Observer.CONTROLLER : Observer.BUILD_AGENT);
    }

    boolean isSameAs(Checkout other) {
        return settings.equals(other.settings)
                && commit.equals(other.commit)
                && ref.equals(other.ref)
                && onController == other.onController;
    }
}
