package io.jenkins.plugins.airworthy.image.registry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Credentials as docker keeps them. */
@Timeout(30)
class DockerConfigTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private Optional<Credential> find(String config, String host) throws Exception {
        return new DockerConfig(Files.writeString(folder.resolve("config.json"), config)).find(host);
    }

    private CredentialHelper helper(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("docker-credential-test"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return new CredentialHelper(file, System.getenv(), LIMIT);
    }

    @Test
    void readsAPassword() throws Exception {
        assertThat(find("{\"auths\":{\"r.example.com:5000\":{\"auth\":\"YWxpY2U6cGE6c3M=\"}}}", "r.example.com:5000"))
                .contains(new Credential.Password("alice", "pa:ss"));
    }

    @Test
    void readsAnIdentityToken() throws Exception {
        assertThat(find("{\"auths\":{\"r.example.com\":{\"auth\":\"\",\"identitytoken\":\"abc\"}}}", "r.example.com"))
                .contains(new Credential.IdentityToken("abc"));
    }

    @Test
    void knowsDockerHubByItsOldName() throws Exception {
        assertThat(find("{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"YTpi\"}}}", "docker.io"))
                .contains(new Credential.Password("a", "b"));
    }

    @Test
    void aCredentialIsForItsHostAndPortOnly() throws Exception {
        String config = "{\"auths\":{\"r.example.com\":{\"auth\":\"YTpi\"}}}";

        assertThat(find(config, "r.example.com:5000")).isEmpty();
        assertThat(find(config, "example.com")).isEmpty();
        assertThat(find(config, "r.example.com.evil.test")).isEmpty();
    }

    @Test
    void noFileIsNoCredential() throws Exception {
        assertThat(new DockerConfig(folder.resolve("absent.json")).find("r.example.com"))
                .isEmpty();
    }

    @Test
    void anUnreadableFileIsAnErrorAndNotQuoted() {
        assertThatThrownBy(() -> find("{\"auths\":{\"r.example.com\":{\"auth\":\"c2VjcmV0\"}}}", "r.example.com"))
                .hasMessageContaining("expected user:password in base64")
                .hasMessageNotContaining("secret")
                .hasMessageNotContaining("c2VjcmV0");
        assertThatThrownBy(() -> find("{\"auths\":", "r.example.com")).hasMessageContaining("is not valid JSON");
    }

    @Test
    void aHelpersNameCannotBeAPath() {
        assertThatThrownBy(() -> find("{\"credsStore\":\"../../tmp/evil\"}", "r.example.com"))
                .hasMessageContaining("names a credential helper that cannot exist");
    }

    @Test
    void aHelperThatIsNotInstalledIsAnError() {
        assertThatThrownBy(() -> find("{\"credHelpers\":{\"r.example.com\":\"not-installed\"}}", "r.example.com"))
                .hasMessageContaining("docker-credential-not-installed")
                .hasMessageContaining("was not found on PATH");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void asksAHelper() throws Exception {
        CredentialHelper helper = helper("read server; [ \"$1\" = get ] && printf"
                + " '{\"ServerURL\":\"%s\",\"Username\":\"alice\",\"Secret\":\"for %s\"}' \"$server\" \"$server\"");

        assertThat(helper.get("r.example.com")).contains(new Credential.Password("alice", "for r.example.com"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aHelpersIdentityTokenIsOne() throws Exception {
        assertThat(helper("echo '{\"Username\":\"<token>\",\"Secret\":\"abc\"}'")
                        .get("r.example.com"))
                .contains(new Credential.IdentityToken("abc"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aHelperThatKnowsNothingIsNoError() throws Exception {
        assertThat(helper("echo 'credentials not found in native keychain'; exit 1")
                        .get("r.example.com"))
                .isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nothingThatAFailingHelperPrintsIsTold() {
        assertThatThrownBy(() ->
                        helper("echo my-secret; echo my-secret >&2; exit 3").get("r.example.com"))
                .hasMessageContaining("exit status 3")
                .hasMessageNotContaining("my-secret");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aHelperThatNeverStopsTalkingIsEnded() {
        assertThatThrownBy(() -> helper("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done")
                        .get("r.example.com"))
                .hasMessageContaining("more than the allowed " + CredentialHelper.MAX_OUTPUT_BYTES);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aHelperThatNeverEndsIsEnded() throws Exception {
        CredentialHelper slow = new CredentialHelper(helper("exec sleep 600").program(), System.getenv(), Duration.ofMillis(200));

        assertThatThrownBy(() -> slow.get("r.example.com")).hasMessageContaining("did not end within");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void interruptingEndsAHelper() throws Exception {
        CredentialHelper slow = helper("exec sleep 600");
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread asking = new Thread(() -> {
            try {
                slow.get("r.example.com");
            } catch (Exception e) {
                end.set(e);
            }
        });
        asking.start();

        asking.interrupt();
        asking.join();

        assertThat(end.get()).isInstanceOf(InterruptedException.class);
    }
}
