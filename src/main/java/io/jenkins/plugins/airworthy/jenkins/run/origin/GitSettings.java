package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.scm.SCM;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the settings of a git checkout say about its source. Users who may configure a job write them, so only plain settings are
 * believed: with several remotes, a refspec that renames, or a merge before the build, "origin/main" may be anything.
 *
 * @param repository in the form of {@link SourceUrl}
 * @param remote the name that the repository has in the workspace
 * @param branches as they are configured
 */
record GitSettings(String repository, String remote, List<String> branches) {
    static final String ANOTHER_SCM = "its source control is of a kind whose revisions are not understood";

    private static final String GIT = "hudson.plugins.git.GitSCM";
    private static final String DEFAULT_REMOTE = "origin";
    private static final Pattern REFSPEC = Pattern.compile("\\+?refs/heads/([^:]+):refs/remotes/([^/:]+)/([^:]+)");
    private static final Pattern TAG_REFSPEC = Pattern.compile("\\+?refs/tags/([^:]+):refs/tags/([^:]+)");
    private static final Pattern SIMPLE_NAME = Pattern.compile("[A-Za-z0-9._-]+");

    GitSettings {
        branches = List.copyOf(branches);
    }

    /** Why settings are not believed. */
    public static final class NotPlainException extends Exception {
        private static final long serialVersionUID = 1;

        NotPlainException(String why) {
            super(why);
        }
    }

    /** A repository as it is configured; what is not configured is empty. */
    record Remote(String name, String refspec, String url) {}

    /** The settings of a source control of any plugin, as a job's configuration has it. */
    static GitSettings of(SCM scm) throws NotPlainException {
        return of(scm, false);
    }

    /** The same of one that a multibranch project made for a revision that it found itself. */
    static GitSettings ofRevision(SCM scm) throws NotPlainException {
        return of(scm, true);
    }

    private static GitSettings of(SCM scm, boolean revisionChosen) throws NotPlainException {
        if (!scm.getClass().getName().equals(GIT)) {
            throw new NotPlainException(ANOTHER_SCM);
        }
        try {
            return GitPlugin.settingsOf(scm, revisionChosen);
        } catch (LinkageError e) {
            throw new NotPlainException("the git plugin has a version that is not understood");
        }
    }

    /**
     * Compares the repositories that the settings show with those that are fetched. They differ if a job's configuration also has
     * an element of older versions of the plugin, which replaces the latter alone and is not saved again.
     */
    static GitSettings of(List<Remote> shown, List<Remote> fetched, List<String> branches) throws NotPlainException {
        GitSettings settings = of(shown, branches);
        if (!settings.equals(of(fetched, branches))) {
            throw new NotPlainException("it fetches something else than its settings show");
        }
        return settings;
    }

    static GitSettings of(List<Remote> remotes, List<String> branches) throws NotPlainException {
        if (remotes.size() != 1) {
            throw new NotPlainException("it is fetched from " + remotes.size() + " repositories");
        }
        Remote configured = remotes.get(0);
        String remote = configured.name().isEmpty() ? DEFAULT_REMOTE : configured.name();
        if (!SIMPLE_NAME.matcher(remote).matches()) {
            throw new NotPlainException("its remote has an unusual name");
        }
        for (String refspec : configured.refspec().split("\\s+", -1)) {
            requireSameNames(refspec, remote);
        }
        String repository = SourceUrl.of(configured.url())
                .orElseThrow(() -> new NotPlainException("its repository is not a plain URL"));
        return new GitSettings(repository, remote, branches);
    }

    /** Whether every run with these settings takes the same branch or tag, regardless of its parameters and environment. */
    public boolean isSteady() {
        return branches.size() == 1
                && branches.get(0)
                        .replaceFirst("^\\*/", "")
                        .chars()
                        .noneMatch(c -> c == '$' || c == '*' || c == '?' || c == ':' || Character.isWhitespace(c))
                && !branches.get(0).isBlank();
    }

    /** The ref for what git calls a branch in the workspace, such as {@code origin/main}; {@code HEAD} when there is none. */
    public String ref(Optional<String> branch) {
        String tracking = remote + "/";
        return branch.filter(name -> name.startsWith(tracking) && name.length() > tracking.length())
                .map(name -> "refs/heads/" + name.substring(tracking.length()))
                .or(() -> branch.filter(name -> name.startsWith("refs/tags/")))
                .orElse(SourceRevision.NO_REF);
    }

    private static void requireSameNames(String refspec, String remote) throws NotPlainException {
        Matcher heads = REFSPEC.matcher(refspec);
        Matcher tags = TAG_REFSPEC.matcher(refspec);
        boolean same = refspec.isEmpty()
                || (heads.matches()
                        && heads.group(2).equals(remote)
                        && heads.group(1).equals(heads.group(3)))
                || (tags.matches() && tags.group(1).equals(tags.group(2)));
        if (!same) {
            throw new NotPlainException("its refspec gives branches other names than the repository does");
        }
    }
}
