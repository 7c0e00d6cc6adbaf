package io.jenkins.plugins.airworthy.jenkins.run.origin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which git settings tell the source truly; whoever may configure a job writes them. */
class GitSettingsTest {
    private static final String URL = "https://git.example.com/acme/app.git";

    private static String remote(String name, String refspec, String url) {
        return "<hudson.plugins.git.UserRemoteConfig><name>%s</name><refspec>%s</refspec><url>%s</url></hudson.plugins.git.UserRemoteConfig>"
                .formatted(name, refspec, url);
    }

    private static String git(String remotes, String branch, String extensions) {
        return """
                <hudson.plugins.git.GitSCM plugin="git@5">
                  <configVersion>2</configVersion>
                  <userRemoteConfigs>%s</userRemoteConfigs>
                  <branches><hudson.plugins.git.BranchSpec><name>%s</name></hudson.plugins.git.BranchSpec></branches>
                  <extensions>%s</extensions>
                </hudson.plugins.git.GitSCM>
                """.formatted(remotes, branch, extensions);
    }

    private static GitSettings read(String refspec) throws Exception {
        return GitSettings.read(git(remote("", refspec, URL), "*/main", ""));
    }

    private static void assertNotBelieved(String xml, String why) {
        assertThatThrownBy(() -> GitSettings.read(xml))
                .isInstanceOf(GitSettings.NotPlainException.class)
                .hasMessageContaining(why);
    }

    @Test
    void believesPlainSettings() throws Exception {
        GitSettings settings = read("");
        assertThat(settings.repository()).isEqualTo("https://git.example.com/acme/app");
        assertThat(settings.ref(Optional.of("origin/main"))).isEqualTo("refs/heads/main");
        assertThat(settings.ref(Optional.of("origin/feature/x"))).isEqualTo("refs/heads/feature/x");
        assertThat(settings.ref(Optional.of("refs/tags/v1"))).isEqualTo("refs/tags/v1");
        assertThat(settings.ref(Optional.of("detached"))).isEqualTo("HEAD");
        assertThat(settings.ref(Optional.empty())).isEqualTo("HEAD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+refs/heads/*:refs/remotes/origin/*",
                "+refs/heads/main:refs/remotes/origin/main",
                "+refs/heads/*:refs/remotes/origin/* +refs/tags/*:refs/tags/*"
            })
    void believesRefspecsThatKeepNames(String refspec) throws Exception {
        assertThat(read(refspec).repository()).isEqualTo("https://git.example.com/acme/app");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+refs/heads/mine:refs/remotes/origin/main",
                "+refs/pull/*:refs/remotes/origin/*",
                "+refs/heads/*:refs/remotes/origin/* +refs/pull/12/head:refs/remotes/origin/main",
                "+refs/heads/mine/*:refs/remotes/origin/*",
                "+refs/heads/*:refs/remotes/upstream/*",
                "+refs/heads/*:refs/tags/*",
                "main"
            })
    void refusesToCallAnotherBranchMain(String refspec) {
        assertNotBelieved(git(remote("", refspec, URL), "*/main", ""), "gives branches other names");
    }

    @Test
    void refusesASecondRepositoryBesideTheGoodOne() {
        assertNotBelieved(
                git(remote("origin", "", URL) + remote("evil", "", "https://evil.example.net/app"), "evil/main", ""),
                "2 repositories");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<hudson.plugins.git.extensions.impl.PreBuildMerge/>",
                "<jenkins.plugins.git.MergeWithGitSCMExtension/>",
                "<hudson.plugins.git.extensions.impl.BuildChooserSetting><buildChooser class=\"com.example.Gerrit\"/></hudson.plugins.git.extensions.impl.BuildChooserSetting>",
                "<com.example.Unheard/>"
            })
    void refusesBehavioursThatTakeSomethingElse(String extension) {
        assertNotBelieved(git(remote("", "", URL), "*/main", extension), "may take something else");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<hudson.plugins.git.extensions.impl.CloneOption/>",
                "<jenkins.plugins.git.GitSCMSourceDefaults/>",
                "<hudson.plugins.git.extensions.impl.BuildChooserSetting><buildChooser class=\"jenkins.plugins.git.AbstractGitSCMSource$SpecificRevisionBuildChooser\"/></hudson.plugins.git.extensions.impl.BuildChooserSetting>"
            })
    void believesBehavioursThatChooseNothing(String extension) throws Exception {
        assertThat(GitSettings.read(git(remote("", "", URL), "*/main", extension))
                        .remote())
                .isEqualTo("origin");
    }

    @Test
    void refusesARepositoryThatAParameterNames() {
        assertNotBelieved(git(remote("", "", "https://git.example.com/${WHERE}"), "*/main", ""), "no plain URL");
    }

    @Test
    void refusesAnotherSourceControl() {
        assertNotBelieved("<hudson.scm.SubversionSCM/>", "none that tells a revision");
        assertNotBelieved("<com.example.GitSCM/>", "none that tells a revision");
    }

    @Test
    void readsNoDocumentTypes() {
        assertNotBelieved(
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><hudson.plugins.git.GitSCM>&e;</hudson.plugins.git.GitSCM>",
                "cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "*/main, true",
        "main, true",
        "refs/heads/release/1, true",
        "${BRANCH}, false",
        "*/$BRANCH, false",
        "**, false",
        "*/feature-*, false",
        ":^(?!main), false"
    })
    void knowsWhatAParameterCanChoose(String branch, boolean steady) throws Exception {
        assertThat(GitSettings.read(git(remote("", "", URL), branch, "")).isSteady())
                .isEqualTo(steady);
    }
}
