package io.jenkins.plugins.airworthy.jenkins.run.origin;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** One repository has one name, whatever way a job wrote it. */
class SourceUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://git.example.com/acme/app.git, https://git.example.com/acme/app",
        "https://git.example.com/acme/app/, https://git.example.com/acme/app",
        "https://Git.Example.com/acme/app, https://git.example.com/acme/app",
        "https://alice:hunter2@git.example.com:8443/acme/app.git, https://git.example.com:8443/acme/app",
        "https://git.example.com/acme/app.git?token=hunter2, https://git.example.com/acme/app",
        "git@git.example.com:acme/app.git, ssh://git.example.com/acme/app",
        "ssh://git@git.example.com:2222/acme/app.git, ssh://git.example.com:2222/acme/app",
        "http://git.example.com/acme/app, http://git.example.com/acme/app",
        "/srv/git/app.git, file:///srv/git/app.git",
        "file:///srv/git/app.git, file:///srv/git/app.git"
    })
    void writesOneForm(String written, String expected) {
        assertThat(SourceUrl.of(written)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://${HOST}/acme/app",
                "https://git.example.com/${REPOSITORY}",
                "https://git.example.com\\@evil.example.net/acme/app",
                "https://git.example.com/acme/../other/app",
                "https://git.example.com/acme/%61pp",
                "https://git.example.com/acme//app",
                "https:///acme/app",
                "ext::sh -c evil",
                "git@git.example.com:acme/$(evil)",
                "acme/app",
                "",
                "javascript:alert(1)//x",
                "https://git.example.com/acme/app\nhttps://git.example.com/b"
            })
    void namesNothingThatIsReadInTwoWays(String written) {
        assertThat(SourceUrl.of(written)).isEmpty();
    }

    @Test
    void ignoresAHostBeforeTheAtSign() {
        assertThat(SourceUrl.of("https://git.example.com@evil.example.net/acme/app"))
                .contains("https://evil.example.net/acme/app");
    }
}
