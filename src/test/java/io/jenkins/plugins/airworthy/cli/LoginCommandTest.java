package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.image.registry.HastyStores;
import io.jenkins.plugins.airworthy.tools.Tool;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code login} and {@code logout} against a registry that takes one password. */
class LoginCommandTest {
    private static final String PASSWORD = "pa:ss w\u00f6rd";

    @TempDir
    Path folder;

    private final Session session = new Session();
    private final MockWebServer registry = HastyStores.server();
    private String host;
    private Path config;

    @BeforeEach
    void start() throws Exception {
        registry.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                boolean right = basic(PASSWORD).equals(request.getHeaders().get("Authorization"));
                return new MockResponse.Builder()
                        .code(right ? 200 : 401)
                        .setHeader("WWW-Authenticate", "Basic realm=\"registry\"")
                        .build();
            }
        });
        registry.start();
        host = "localhost:" + registry.getPort();
        config = folder.resolve("docker/config.json");
        session.environment.put("DOCKER_CONFIG", config.getParent().toString());
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static String basic(String password) {
        return "Basic " + pair(password);
    }

    private static String pair(String password) {
        return Base64.getEncoder().encodeToString(("alice:" + password).getBytes(StandardCharsets.UTF_8));
    }

    private Session.Ended login(String given, String... more) {
        session.in = new ByteArrayInputStream(given.getBytes(StandardCharsets.UTF_8));
        String[] arguments =
                Arrays.copyOf(new String[] {"login", host, "--username", "alice", "--password-stdin"}, 5 + more.length);
        System.arraycopy(more, 0, arguments, 5, more.length);
        return session.run(arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {PASSWORD, PASSWORD + "\n", PASSWORD + "\r\n"})
    void aPasswordThatTheRegistryAcceptsIsKeptAndTheFileNamed(String given) {
        Session.Ended ended = login(given);

        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.out())
                .contains("logged in at " + host + " as alice", "kept in " + config, "base64, which is not encrypted")
                .doesNotContain(PASSWORD, pair(PASSWORD));
        assertThat(ended.err()).isEmpty();
        assertThat(config).content().contains("\"" + host + "\"", pair(PASSWORD));
    }

    @Test
    void aPasswordThatTheRegistryRefusesIsNotKept() {
        Session.Ended ended = login("wrong");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err())
                .contains("registry " + host + " does not accept this user and password", "nothing was kept")
                .doesNotContain("wrong");
        assertThat(config.getParent()).doesNotExist();
    }

    @Test
    void aPersonAtATerminalIsAsked() {
        session.typed = Optional.of(PASSWORD.toCharArray());
        assertThat(session.run("login", "HTTPS://" + host.toUpperCase(java.util.Locale.ROOT) + "/v2/", "-u", "alice")
                        .err())
                .isEmpty();
        assertThat(config).content().contains(pair(PASSWORD));
    }

    @Test
    void withoutATerminalAndWithoutStandardInputNothingIsTried() {
        Session.Ended ended = session.run("login", host, "--username", "alice");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("there is no terminal to ask for the password", "--password-stdin");
        assertThat(registry.getRequestCount()).isZero();
    }

    /** Other programs take it, so people write it, and an unknown option would be quoted with its value. */
    @ParameterizedTest
    @ValueSource(strings = {"--password=hunter2", "-phunter2", "--password hunter2", "-p hunter2"})
    void aPasswordIsNoArgumentAndIsNotQuoted(String written) {
        for (String format : new String[] {"text", "json"}) {
            Session.Ended ended = login(PASSWORD, (written + " --format " + format).split(" "));

            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.err() + ended.out())
                    .contains("a password is never an argument")
                    .doesNotContain("hunter2");
        }
        assertThat(registry.getRequestCount()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            value = {"''|is empty", "'\n'|is empty", "a\u0000b|has a zero byte"},
            delimiter = '|')
    void aPasswordThatCannotBeKeptIsRefused(String given, String reason) {
        assertThat(login(given).err()).contains("the password " + reason);
        assertThat(registry.getRequestCount()).isZero();
    }

    /** Standard input is most often the pipe of another program, which has no position and no length. */
    @ParameterizedTest
    @CsvSource({"printf pw, does not accept", "true, is empty"})
    void aPasswordComesThroughAPipe(String writer, String said) throws Exception {
        Path pipe = folder.resolve("pipe");
        Tool.require("mkfifo").run(folder, Map.of(), pipe.toString()).succeeded();
        Process writing = new ProcessBuilder("sh", "-c", writer + " > '" + pipe + "'").start();
        try (InputStream in = new FileInputStream(pipe.toFile())) {
            session.in = in;
            assertThat(session.run("login", host, "--username", "alice", "--password-stdin")
                            .err())
                    .contains(said)
                    .doesNotContain("could not be read");
        } finally {
            writing.destroyForcibly();
        }
    }

    @Test
    void aPasswordWithoutEndIsRefused() {
        assertThat(login("x".repeat(LoginPassword.MAX_BYTES + 1)).err()).contains("more than the allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "<token>", "a b", "a\nb", " "})
    void aNameThatTheFilesCannotKeepIsRefused(String user) {
        session.in = new ByteArrayInputStream(PASSWORD.getBytes(StandardCharsets.UTF_8));
        Session.Ended ended = session.run("login", host, "--password-stdin", "--username", user);
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("--username: expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://r.example.com", "r.example.com/team", "r.example.com:x", "r_example", ""})
    void whatIsNoRegistryIsRefused(String registry) {
        session.in = new ByteArrayInputStream(PASSWORD.getBytes(StandardCharsets.UTF_8));
        assertThat(session.run("login", registry, "--password-stdin", "--username", "alice")
                        .status())
                .isEqualTo(2);
        assertThat(config.getParent()).doesNotExist();
    }

    /** Addresses of programs have a user and a password before the host, so people write them. */
    @ParameterizedTest
    @CsvSource({
        "login H --username alice --password-stdin",
        "logout H",
        "login r.example.com --username alice --password-stdin --plain-http H",
        "login r.example.com --username alice --password-stdin --registry-ca H=ca.pem",
        "login r.example.com --username alice --password-stdin --token-realm r.example.com=H",
        "login r.example.com --username alice --password-stdin --token-realm H",
        "login r.example.com --username alice --password-stdin --referrers H=api",
        "verify H/app:1",
        "verify H/app@sha256:1 --format=json"
    })
    void whatIsBeforeAnAtSignIsNotShown(String arguments) {
        session.in = new ByteArrayInputStream(PASSWORD.getBytes(StandardCharsets.UTF_8));
        for (String user : new String[] {"alice:S3cret!@", "https://alice:p@S3cret@", "S3cret@", "alice:S3cret/x@"}) {
            Session.Ended ended =
                    session.run(arguments.replace("H", user + "r.example.com").split(" "));

            assertThat(ended.status()).as(ended.err()).isEqualTo(2);
            assertThat(ended.err() + ended.out()).doesNotContain("S3cret");
        }
        assertThat(session.run("login", "alice:S3cret@" + host, "-u", "alice").err())
                .contains("a registry's name has no user", "--username");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.1:5086", "1:5000", "r.example.com:99999", "0177.0.0.1", "r..example.com", "r.example.com-"})
    void anAddressThatReferencesDoNotHaveIsNoRegistry(String name) {
        for (String command : new String[] {"login -u alice", "logout"}) {
            Session.Ended ended = session.run((command + " " + name).split(" "));
            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.err()).contains("'" + name + "' is not a registry");
        }
    }

    @Test
    void aLogOutRemovesWhatTheLogInKept() throws Exception {
        login(PASSWORD);
        Session.Ended ended = session.run("logout", host);
        assertThat(ended.status()).isZero();
        assertThat(ended.out()).contains("logged out of " + host, "removed from " + config);
        assertThat(config).content().doesNotContain(host);

        assertThat(session.run("logout", host).out()).contains("there was no credential");
        assertThat(login(PASSWORD, "--format=json").json().path("file").textValue())
                .isEqualTo(config.toString());
        assertThat(session.run("logout", host, "--format=json")
                        .json()
                        .at("/removed/0/file")
                        .textValue())
                .isEqualTo(config.toString());
    }

    @Test
    void aFileThatOthersCouldReadIsSaid() throws Exception {
        Files.createDirectories(config.getParent());
        Files.writeString(config, "{}");
        Files.setPosixFilePermissions(config, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(login(PASSWORD).out()).contains("caution others could read or write " + config + " until now");
    }

    @Test
    void aMalformedFileIsRefusedBeforeThePasswordIsSent() throws Exception {
        Files.createDirectories(config.getParent());
        Files.writeString(config, "{\"auths\":");

        assertThat(login(PASSWORD).err()).contains("config.json", "is not valid JSON");
        assertThat(registry.getRequestCount()).isZero();
        assertThat(config).content().isEqualTo("{\"auths\":");
    }
}
