package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserMergeOptions;
import hudson.plugins.git.UserRemoteConfig;
import hudson.plugins.git.extensions.GitSCMExtension;
import hudson.plugins.git.extensions.impl.AuthorInChangelog;
import hudson.plugins.git.extensions.impl.BuildChooserSetting;
import hudson.plugins.git.extensions.impl.CleanCheckout;
import hudson.plugins.git.extensions.impl.CloneOption;
import hudson.plugins.git.extensions.impl.PreBuildMerge;
import hudson.plugins.git.extensions.impl.SubmoduleOption;
import hudson.plugins.git.util.DefaultBuildChooser;
import hudson.scm.NullSCM;
import jenkins.model.Jenkins;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.plugins.git.GitSCMSourceDefaults;
import jenkins.plugins.git.MergeWithGitSCMExtension;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which settings of the real git plugin are believed; users who may configure a job write them. */
@WithJenkins
class GitPluginTest {
    private static final String URL = "https://git.example.com/acme/app.git";

    @BeforeAll
    static void start(JenkinsRule rule) {
        assertThat(rule.jenkins).isNotNull();
    }

    private static GitSCM git(List<UserRemoteConfig> remotes, GitSCMExtension... extensions) {
        return new GitSCM(
                new ArrayList<>(remotes),
                new ArrayList<>(List.of(new BranchSpec("*/main"))),
                null,
                null,
                new ArrayList<>(List.of(extensions)));
    }

    private static GitSCM git(GitSCMExtension... extensions) {
        return git(List.of(new UserRemoteConfig(URL, null, null, null)), extensions);
    }

    private static BuildChooserSetting oneRevision() throws IOException, InterruptedException {
        return new BuildChooserSetting(
                new AbstractGitSCMSource.SpecificRevisionBuildChooser(new AbstractGitSCMSource.SCMRevisionImpl(
                        new jenkins.scm.api.SCMHead("main"), ObjectId.zeroId().name())));
    }

    static Stream<GitSCMExtension> harmless() throws Exception {
        return Stream.of(
                new AuthorInChangelog(),
                new CleanCheckout(),
                new CloneOption(true, "", 10),
                new GitSCMSourceDefaults(true),
                new SubmoduleOption());
    }

    static Stream<GitSCMExtension> choosing() throws Exception {
        return Stream.of(
                new PreBuildMerge(new UserMergeOptions("origin", "main", null, null)),
                new MergeWithGitSCMExtension("main", ObjectId.zeroId().name()),
                new BuildChooserSetting(new DefaultBuildChooser()),
                new BuildChooserSetting(null),
                oneRevision(),
                new SubmoduleOption(false, true, true, null, null, false),
                new Unheard(),
                new CleanCheckout() {});
    }

    /** A behaviour that some other plugin brings. */
    private static final class Unheard extends GitSCMExtension {}

    @ParameterizedTest
    @MethodSource("harmless")
    void believesBehavioursThatChooseNothing(GitSCMExtension extension) throws Exception {
        GitSettings settings = GitSettings.of(git(extension));
        assertThat(settings.repository()).isEqualTo("https://git.example.com/acme/app");
        assertThat(settings.remote()).isEqualTo("origin");
        assertThat(settings.branches()).containsExactly("*/main");
    }

    @ParameterizedTest
    @MethodSource("choosing")
    void refusesBehavioursThatTakeSomethingElse(GitSCMExtension extension) {
        assertThatThrownBy(() -> GitSettings.of(git(extension)))
                .isInstanceOf(GitSettings.NotPlainException.class)
                .hasMessageContaining("may check out something else");
    }

    /** A multibranch project writes the revision that it found itself; a job's configuration can call any commit a branch's. */
    @Test
    void believesAChosenRevisionOfAMultibranchProjectAlone() throws Exception {
        assertThat(GitSettings.ofRevision(git(oneRevision())).repository())
                .isEqualTo("https://git.example.com/acme/app");
        assertThatThrownBy(() -> GitSettings.ofRevision(git(new BuildChooserSetting(new DefaultBuildChooser()))))
                .hasMessageContaining("may check out something else");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.com/acme/app.git",
                "https://git.example.com:8443/acme/app",
                "ssh://git@git.example.com:2222/acme/app.git",
                "git@git.example.com:acme/app.git",
                "file:///srv/git/app.git"
            })
    void believesEveryPlainUrlThatIsFetchedAsItIsShown(String url) throws Exception {
        assertThat(GitSettings.of(git(List.of(new UserRemoteConfig(url, null, null, null))))
                        .repository())
                .isEqualTo(SourceUrl.of(url).orElseThrow());
    }

    /** What older versions of the plugin saved decides what is fetched, and what newer ones save is shown. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<source>https://evil.example.net/app</source><branch>main</branch>",
                "<remoteRepositories/>",
                "<remoteRepositories><string>origin</string></remoteRepositories>"
            })
    void refusesToFetchSomethingElseThanIsShown(String hidden) {
        GitSCM git = (GitSCM)
                Jenkins.XSTREAM2.fromXML(
                        "<hudson.plugins.git.GitSCM><configVersion>2</configVersion>" + hidden + "<userRemoteConfigs>"
                                + "<hudson.plugins.git.UserRemoteConfig><url>" + URL
                                + "</url></hudson.plugins.git.UserRemoteConfig></userRemoteConfigs></hudson.plugins.git.GitSCM>");
        assertThat(git.getUserRemoteConfigs().get(0).getUrl()).isEqualTo(URL);
        assertThatThrownBy(() -> GitSettings.of(git)).isInstanceOf(GitSettings.NotPlainException.class);
    }

    @Test
    void believesWhatAnOldVersionSavedAndNothingElseContradicts() throws Exception {
        GitSCM git = (GitSCM) Jenkins.XSTREAM2.fromXML("<hudson.plugins.git.GitSCM><source>" + URL
                + "</source><branch>main</branch></hudson.plugins.git.GitSCM>");
        assertThat(GitSettings.of(git).repository()).isEqualTo("https://git.example.com/acme/app");
    }

    @Test
    void refusesASecondRepositoryBesideTheGoodOne() {
        GitSCM two = git(List.of(
                new UserRemoteConfig(URL, "origin", null, null),
                new UserRemoteConfig("https://evil.example.net/app", "evil", null, null)));
        assertThatThrownBy(() -> GitSettings.of(two)).hasMessageContaining("2 repositories");
    }

    @Test
    void takesNameAndRefspecAsTheyAreConfigured() throws Exception {
        assertThat(GitSettings.of(git(List.of(new UserRemoteConfig(
                                URL, "upstream", " +refs/heads/main:refs/remotes/upstream/main ", null))))
                        .remote())
                .isEqualTo("upstream");
        GitSCM renaming =
                git(List.of(new UserRemoteConfig(URL, "upstream", "+refs/heads/*:refs/remotes/origin/*", null)));
        assertThatThrownBy(() -> GitSettings.of(renaming)).hasMessageContaining("other names");
    }

    @Test
    void refusesAnotherSourceControlAndASubclassOfGit() {
        assertThatThrownBy(() -> GitSettings.of(new NullSCM()))
                .hasMessageContaining("a kind whose revisions are not understood");
        assertThatThrownBy(() -> GitSettings.of(new GitSCM(URL) {}))
                .hasMessageContaining("a kind whose revisions are not understood");
    }

    /** A job's config.xml can put anything into the lists of these settings. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<userRemoteConfigs><string>origin</string></userRemoteConfigs>",
                "<extensions><null/></extensions>",
                "<extensions><string>CleanCheckout</string></extensions>"
            })
    void refusesTypesThatAreNotTheGitPlugins(String part) {
        GitSCM git = (GitSCM) Jenkins.XSTREAM2.fromXML(
                "<hudson.plugins.git.GitSCM><configVersion>2</configVersion>" + part + "</hudson.plugins.git.GitSCM>");
        assertThatThrownBy(() -> GitSettings.of(git)).isInstanceOf(GitSettings.NotPlainException.class);
    }

    @Test
    void settingsWithoutAnyBranchLeaveOpenWhatIsTaken() throws Exception {
        GitSCM git = (GitSCM)
                Jenkins.XSTREAM2.fromXML(
                        "<hudson.plugins.git.GitSCM><configVersion>2</configVersion><userRemoteConfigs>"
                                + "<hudson.plugins.git.UserRemoteConfig><url>" + URL
                                + "</url></hudson.plugins.git.UserRemoteConfig></userRemoteConfigs></hudson.plugins.git.GitSCM>");
        assertThat(GitSettings.of(git).isSteady()).isFalse();
    }

    @Test
    void askingChangesNothingOfWhatJenkinsSaves() throws Exception {
        GitSCM git = git(new CleanCheckout(), oneRevision());
        String saved = ScmSettings.digest(git);
        GitSettings.ofRevision(git);
        assertThat(ScmSettings.digest(git)).isEqualTo(saved);
    }
}
