package io.jenkins.plugins.airworthy.jenkins.run.origin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which git settings are believed about the source; users who may configure a job write them. */
class GitSettingsTest {
    private static final String URL = "https://git.example.com/acme/app.git";

    private static GitSettings.Remote remote(String name, String refspec, String url) {
        return new GitSettings.Remote(name, refspec, url);
    }

    private static GitSettings read(String refspec) throws Exception {
        return GitSettings.of(List.of(remote("", refspec, URL)), List.of("*/main"));
    }

    private static void assertNotBelieved(List<GitSettings.Remote> remotes, String why) {
        assertThatThrownBy(() -> GitSettings.of(remotes, List.of("*/main")))
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

    @Test
    void believesRepositoriesThatAreFetchedAsTheyAreShown() throws Exception {
        assertThat(GitSettings.of(
                                List.of(remote("", "", URL)),
                                List.of(remote("origin", "+refs/heads/*:refs/remotes/origin/*", URL)),
                                List.of("*/main"))
                        .repository())
                .isEqualTo("https://git.example.com/acme/app");
    }

    @ParameterizedTest
    @CsvSource({
        "origin, +refs/heads/*:refs/remotes/origin/*, https://evil.example.net/app.git, fetches something else",
        "mine, +refs/heads/*:refs/remotes/mine/*, https://git.example.com/acme/app.git, fetches something else",
        "origin, +refs/heads/mine:refs/remotes/origin/main, https://git.example.com/acme/app.git, other names"
    })
    void refusesToFetchSomethingElseThanIsShown(String name, String refspec, String url, String why) {
        assertThatThrownBy(() -> GitSettings.of(
                        List.of(remote("", "", URL)), List.of(remote(name, refspec, url)), List.of("*/main")))
                .isInstanceOf(GitSettings.NotPlainException.class)
                .hasMessageContaining(why);
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
        assertNotBelieved(List.of(remote("", refspec, URL)), "gives branches other names");
    }

    @Test
    void refusesASecondRepositoryBesideTheGoodOne() {
        assertNotBelieved(
                List.of(remote("origin", "", URL), remote("evil", "", "https://evil.example.net/app")),
                "2 repositories");
    }

    @Test
    void refusesSettingsWithoutARepository() {
        assertNotBelieved(List.of(), "0 repositories");
    }

    @Test
    void refusesARepositoryThatAParameterNames() {
        assertNotBelieved(List.of(remote("", "", "https://git.example.com/${WHERE}")), "not a plain URL");
    }

    @Test
    void refusesARemoteWithAnUnusualName() {
        assertNotBelieved(List.of(remote("origin/x", "", URL)), "unusual name");
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
        assertThat(GitSettings.of(List.of(remote("", "", URL)), List.of(branch)).isSteady())
                .isEqualTo(steady);
    }
}
