package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.plugins.git.extensions.impl.AuthorInChangelog;
import hudson.plugins.git.extensions.impl.BuildChooserSetting;
import hudson.plugins.git.extensions.impl.BuildSingleRevisionOnly;
import hudson.plugins.git.extensions.impl.ChangelogToBranch;
import hudson.plugins.git.extensions.impl.CheckoutOption;
import hudson.plugins.git.extensions.impl.CleanBeforeCheckout;
import hudson.plugins.git.extensions.impl.CleanCheckout;
import hudson.plugins.git.extensions.impl.CloneOption;
import hudson.plugins.git.extensions.impl.DisableRemotePoll;
import hudson.plugins.git.extensions.impl.FirstBuildChangelog;
import hudson.plugins.git.extensions.impl.GitLFSPull;
import hudson.plugins.git.extensions.impl.IgnoreNotifyCommit;
import hudson.plugins.git.extensions.impl.LocalBranch;
import hudson.plugins.git.extensions.impl.MessageExclusion;
import hudson.plugins.git.extensions.impl.PathRestriction;
import hudson.plugins.git.extensions.impl.PruneStaleBranch;
import hudson.plugins.git.extensions.impl.PruneStaleTag;
import hudson.plugins.git.extensions.impl.RelativeTargetDirectory;
import hudson.plugins.git.extensions.impl.ScmName;
import hudson.plugins.git.extensions.impl.SparseCheckoutPaths;
import hudson.plugins.git.extensions.impl.SubmoduleOption;
import hudson.plugins.git.extensions.impl.UserExclusion;
import hudson.plugins.git.extensions.impl.UserIdentity;
import hudson.plugins.git.extensions.impl.WipeWorkspace;
import hudson.scm.SCM;
import jenkins.plugins.git.AbstractGitSCMSource.SCMRevisionImpl;
import jenkins.plugins.git.AbstractGitSCMSource.SpecificRevisionBuildChooser;
import jenkins.plugins.git.GitSCMSourceDefaults;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteConfig;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All access to the git plugin's own types. Called only for source controls whose type name shows that the plugin is installed. A
 * subclass may do anything, so types are compared exactly.
 */
final class GitPlugin {
    private static final String ANOTHER_TYPE = "its repository is of a type that is not understood";

    /** Extensions that change neither the revision nor its content. */
    private static final Set<Class<?>> HARMLESS = Set.of(
            AuthorInChangelog.class,
            BuildSingleRevisionOnly.class,
            ChangelogToBranch.class,
            CheckoutOption.class,
            CleanBeforeCheckout.class,
            CleanCheckout.class,
            CloneOption.class,
            DisableRemotePoll.class,
            FirstBuildChangelog.class,
            GitLFSPull.class,
            GitSCMSourceDefaults.class,
            IgnoreNotifyCommit.class,
            LocalBranch.class,
            MessageExclusion.class,
            PathRestriction.class,
            PruneStaleBranch.class,
            PruneStaleTag.class,
            RelativeTargetDirectory.class,
            ScmName.class,
            SparseCheckoutPaths.class,
            SubmoduleOption.class,
            UserExclusion.class,
            UserIdentity.class,
            WipeWorkspace.class);

    private GitPlugin() {}

    /**
     * The settings of a checkout.
     *
     * @param revisionChosen whether the caller knows who chose the revision, so that the checkout may take this one only
     */
    static GitSettings settingsOf(SCM scm, boolean revisionChosen) throws GitSettings.NotPlainException {
        if (scm.getClass() != GitSCM.class) {
            throw new GitSettings.NotPlainException(GitSettings.ANOTHER_SCM);
        }
        GitSCM git = (GitSCM) scm;
        for (Object extension : entries(git.getExtensions())) {
            requireHarmless(extension, revisionChosen);
        }
        List<String> branches = new ArrayList<>();
        for (Object branch : entries(git.getBranches())) {
            branches.add(branch instanceof BranchSpec named ? text(named.getName()) : "");
        }
        return GitSettings.of(shown(git), fetched(git), branches);
    }

    /** A commit, in the form in which the plugin reads files of it. */
    static SCMRevision revision(String branch, String commit) {
        return new SCMRevisionImpl(new SCMHead(branch), commit);
    }

    private static List<GitSettings.Remote> shown(GitSCM git) throws GitSettings.NotPlainException {
        List<GitSettings.Remote> remotes = new ArrayList<>();
        for (Object one : entries(git.getUserRemoteConfigs())) {
            if (!(one instanceof UserRemoteConfig remote)) {
                throw new GitSettings.NotPlainException(ANOTHER_TYPE);
            }
            remotes.add(
                    new GitSettings.Remote(text(remote.getName()), text(remote.getRefspec()), text(remote.getUrl())));
        }
        return remotes;
    }

    /** What the plugin fetches. In a job's config.xml, an element of its older versions can name other repositories than those shown. */
    private static List<GitSettings.Remote> fetched(GitSCM git) throws GitSettings.NotPlainException {
        List<GitSettings.Remote> remotes = new ArrayList<>();
        for (Object one : entries(git.getRepositories())) {
            if (!(one instanceof RemoteConfig remote) || remote.getURIs().size() != 1) {
                throw new GitSettings.NotPlainException(ANOTHER_TYPE);
            }
            String refspecs =
                    remote.getFetchRefSpecs().stream().map(RefSpec::toString).collect(Collectors.joining(" "));
            remotes.add(new GitSettings.Remote(
                    text(remote.getName()),
                    refspecs,
                    text(remote.getURIs().get(0).toPrivateString())));
        }
        return remotes;
    }

    private static void requireHarmless(Object extension, boolean revisionChosen) throws GitSettings.NotPlainException {
        boolean harmless = extension != null
                && HARMLESS.contains(extension.getClass())
                && !(extension instanceof SubmoduleOption submodules && submodules.isTrackingSubmodules());
        boolean oneRevision = revisionChosen
                && extension instanceof BuildChooserSetting setting
                && setting.getClass() == BuildChooserSetting.class
                && setting.getBuildChooser() instanceof SpecificRevisionBuildChooser chooser
                && chooser.getClass() == SpecificRevisionBuildChooser.class;
        if (!harmless && !oneRevision) {
            String type = extension == null ? "null" : extension.getClass().getName();
            throw new GitSettings.NotPlainException(
                    "the checkout behaviour " + type.substring(type.lastIndexOf('.') + 1)
                            + " may check out something else than the repository has");
        }
    }

    /** The author of a job's config.xml can leave a list out, or put elements of any type into it. */
    private static List<?> entries(List<?> list) {
        return list == null ? List.of() : list;
    }

    private static String text(String setting) {
        return setting == null ? "" : setting.trim();
    }
}
