package io.jenkins.plugins.airworthy.image.registry.credential;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

    /** containers-auth.json(5): the same form in other places, which counts where docker keeps nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"REGISTRY_AUTH_FILE=auth.json", "XDG_RUNTIME_DIR=run"})
    void readsWhatPodmanKeeps(String where) throws Exception {
        String[] parts = where.split("=", -1);
        Path place = folder.resolve(parts[1]);
        Path file = parts[1].endsWith(".json") ? place : place.resolve("containers/auth.json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, "{\"auths\":{\"r.example.com\":{\"auth\":\"YTpi\"},\"s.example.com\":{\"auth\":\"YTpi\"}}}");
        Path docker = Files.createDirectories(folder.resolve("docker"));
        Files.writeString(docker.resolve("config.json"), "{\"auths\":{\"s.example.com\":{\"auth\":\"Yzpk\"}}}");
        CredentialSource source =
                DockerConfig.ofThisUser(Map.of("DOCKER_CONFIG", docker.toString(), parts[0], place.toString()));

        assertThat(source.find("r.example.com")).contains(new Credential.Password("a", "b"));
        assertThat(source.find("s.example.com")).contains(new Credential.Password("c", "d"));
        assertThat(source.find("t.example.com")).isEmpty();
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"r.example.com\":{\"auth\":\"YWxpY2U6cGE6c3M=\"}",
                "\"r.example.com\":{\"auth\":\"YWxpY2U6\\r\\ncGE6c3M=\\n\"}",
                "\"r.example.com\":{\"auth\":\"YWxpY2U6cGE6c3MAAA==\"}",
                "\"r.example.com\":{\"username\":\"alice\",\"password\":\"pa:ss\"}",
                "\"r.example.com\":{\"username\":\"alice\",\"password\":\"pa:ss\",\"auth\":\"\",\"email\":\"a@b\"}",
                "\"http://r.example.com/v2/\":{\"auth\":\"YWxpY2U6cGE6c3M=\"}",
                "\"https://R.example.com\":{\"auth\":\"YWxpY2U6cGE6c3M=\"}",
                "\"r.example.com/team\":{\"auth\":\"YWxpY2U6cGE6c3M=\"}",
                "\"r.example.com/team\":{\"auth\":\"YTpi\"},\"r.example.com\":{\"auth\":\"YWxpY2U6cGE6c3M=\"}",
                "\"https://r.example.com\":{},\"r.example.com/a\":{\"auth\":\"YWxpY2U6cGE6c3M=\"}"
            })
    void readsWhatOthersReadAsWell(String entries) throws Exception {
        assertThat(find("{\"auths\":{" + entries + "}}", "r.example.com"))
                .contains(new Credential.Password("alice", "pa:ss"));
    }

    @Test
    void readsATokenForTheRegistry() throws Exception {
        assertThat(find("{\"auths\":{\"r.example.com\":{\"registrytoken\":\"abc\"}}}", "r.example.com"))
                .contains(new Credential.RegistryToken("abc"));
        assertThatThrownBy(() ->
                        find("{\"auths\":{\"r.example.com\":{\"registrytoken\":\"a\\r\\nX: y\"}}}", "r.example.com"))
                .hasMessageContaining("auths.r.example.com.registrytoken: is not a token");
    }

    /** Docker leaves such entries where a helper keeps the credential. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{\"auth\":\"\"}", "{\"email\":\"a@b\"}"})
    void anEmptyEntryIsNoCredential(String entry) throws Exception {
        assertThat(find("{\"auths\":{\"r.example.com\":" + entry + "}}", "r.example.com"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user\":\"alice\",\"pass\":\"s3cr3t\"}",
                "{\"token\":\"s3cr3t\"}",
                "{\"Auth\":\"YTpzM2NyM3Q=\"}",
                "{\"username\":\"alice\"}",
                "{\"password\":\"s3cr3t\"}",
                "{\"auth\":[\"s3cr3t\"]}",
                "\"s3cr3t\""
            })
    void anEntryThatIsNotUnderstoodIsAnErrorThatNamesIt(String entry) {
        assertThatThrownBy(() -> find("{\"auths\":{\"r.example.com\":" + entry + "}}", "r.example.com"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining("auths.r.example.com")
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void ignoresFaultsInEntriesOfOtherRegistries() throws Exception {
        assertThat(find(
                        "{\"auths\":{\"other.example.com\":{\"token\":\"x\"},\"r.example.com\":{\"auth\":\"YTpi\"}}}",
                        "r.example.com"))
                .contains(new Credential.Password("a", "b"));
    }

    @Test
    void twoCredentialsForOneRegistryAreAnError() {
        assertThatThrownBy(() -> find(
                        "{\"auths\":{\"r.example.com/a\":{\"auth\":\"YTpi\"},\"r.example.com/b\":{\"auth\":\"Yzpk\"}}}",
                        "r.example.com"))
                .hasMessageContaining("r.example.com/a")
                .hasMessageContaining("r.example.com/b");
    }

    @Test
    void aMemberThatOnlyAnotherReaderKnowsIsAnError() {
        assertThatThrownBy(() -> find("{\"Auths\":{\"r.example.com\":{\"auth\":\"YTpi\"}}}", "r.example.com"))
                .hasMessageContaining("Auths");
    }

    @Test
    void anEmptyHelperMeansTheFile() throws Exception {
        assertThat(find(
                        "{\"credHelpers\":{\"r.example.com\":\"\"},\"credsStore\":\"none\","
                                + "\"auths\":{\"r.example.com\":{\"auth\":\"YTpi\"}}}",
                        "r.example.com"))
                .contains(new Credential.Password("a", "b"));
    }

    @Test
    void findsNoCredentialWithoutAFile() throws Exception {
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
    void passesNoSecretOfOursToAHelper() throws Exception {
        helper("env > " + folder.resolve("told") + "; echo '{\"Username\":\"a\",\"Secret\":\"b\"}'");
        Path config = Files.writeString(folder.resolve("config.json"), "{\"credsStore\":\"test\"}");
        Map<String, String> environment = Map.of(
                "PATH", folder + ":/usr/bin:/bin",
                "HOME", "/home/alice",
                "AWS_PROFILE", "releases",
                "AIRWORTHY_KEY_PASSWORD", "s3cr3t",
                "AIRWORTHY_PKCS11_PIN", "s3cr3t",
                "COSIGN_PASSWORD", "s3cr3t");

        assertThat(new DockerConfig(config, environment).find("r.example.com"))
                .contains(new Credential.Password("a", "b"));

        assertThat(folder.resolve("told"))
                .content()
                .contains("HOME=/home/alice", "AWS_PROFILE=releases")
                .doesNotContain("s3cr3t", "AIRWORTHY");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aHelperThatABuildCouldHaveWrittenIsNotStarted() throws Exception {
        helper("touch " + folder.resolve("started"));
        Path config = Files.writeString(folder.resolve("config.json"), "{\"credsStore\":\"test\"}");
        Path relative = Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath());
        for (String path : List.of(relative.toString(), ".", "")) {
            assertThatThrownBy(() -> new DockerConfig(config, Map.of("PATH", path)).find("r.example.com"))
                    .isInstanceOf(UndecidedException.class)
                    .hasMessageContaining("docker-credential-test was not found on PATH");
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> new DockerConfig(config, Map.of("PATH", folder.toString())).find("r.example.com"))
                .hasMessageContaining("was not found on PATH");
        assertThat(folder.resolve("started")).doesNotExist();
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
    void readsAHelpersIdentityToken() throws Exception {
        assertThat(helper("echo '{\"Username\":\"<token>\",\"Secret\":\"abc\"}'")
                        .get("r.example.com"))
                .contains(new Credential.IdentityToken("abc"));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void acceptsAHelperWithoutACredential() throws Exception {
        assertThat(helper("echo 'credentials not found in native keychain'; exit 1")
                        .get("r.example.com"))
                .isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void quotesNothingThatAFailingHelperPrints() {
        assertThatThrownBy(() ->
                        helper("echo my-secret; echo my-secret >&2; exit 3").get("r.example.com"))
                .hasMessageContaining("exit status 3")
                .hasMessageNotContaining("my-secret");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void endsAHelperThatPrintsWithoutEnd() {
        assertThatThrownBy(() -> helper("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done")
                        .get("r.example.com"))
                .hasMessageContaining("more than the allowed " + CredentialHelper.MAX_OUTPUT_BYTES);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aHelperThatNeverEndsIsEnded() throws Exception {
        CredentialHelper slow =
                new CredentialHelper(helper("exec sleep 600").program(), System.getenv(), Duration.ofMillis(200));

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
