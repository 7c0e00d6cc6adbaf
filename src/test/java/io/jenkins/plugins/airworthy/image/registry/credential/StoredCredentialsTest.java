package io.jenkins.plugins.airworthy.image.registry.credential;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a log-in writes and a log-out removes, in files that others use too. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class StoredCredentialsTest {
    private static final String HOST = "r.example.com";
    private static final Credential.Password ALICE = new Credential.Password("alice", "pa:ss");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("docker").resolve("config.json");
    }

    private StoredCredentials stored() {
        return StoredCredentials.in(file, Map.of("PATH", folder + ":/usr/bin:/bin", "HOME", folder.toString()));
    }

    private void given(String config) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, config);
    }

    private void helper(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("docker-credential-test"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private Optional<Credential> found(String host) throws Exception {
        return new DockerConfig(file, Map.of("PATH", folder + ":/usr/bin:/bin")).find(host);
    }

    @Test
    void aNewFileAndItsFolderAreForThisUserAlone() throws Exception {
        assertThat(stored().store(HOST, ALICE)).isEqualTo(new StoredCredentials.Place(file, Optional.empty()));

        assertThat(found(HOST)).contains(ALICE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void dockerHubIsKeptByTheNameThatDockerReads() throws Exception {
        stored().store("docker.io", ALICE);

        assertThat(file).content().contains("\"https://index.docker.io/v1/\"");
        assertThat(found("docker.io")).contains(ALICE);
    }

    @Test
    void whatIsNotOursIsKept() throws Exception {
        given("{\"HttpHeaders\":{\"X\":\"y\"},\"auths\":{\"a.example.com\":{\"auth\":\"YTpi\",\"new\":[1,2.50,null]},"
                + "\"r.example.com\":{\"auth\":\"b2xkOm9sZA==\",\"email\":\"a@b\"},\"z.example.com\":{\"identitytoken\":\"t\"}},"
                + "\"psFormat\":\"x\\u0000y\",\"big\":12345678901234567890.5}");

        stored().store(HOST, ALICE);

        assertThat(Files.readString(file).replaceAll("\\s", ""))
                .isEqualTo(
                        "{\"HttpHeaders\":{\"X\":\"y\"},\"auths\":{\"a.example.com\":{\"auth\":\"YTpi\",\"new\":[1,2.50,null]},"
                                + "\"z.example.com\":{\"identitytoken\":\"t\"},\"r.example.com\":{\"auth\":\"YWxpY2U6cGE6c3M=\"}},"
                                + "\"psFormat\":\"x\\u0000y\",\"big\":12345678901234567890.5}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://r.example.com", "https://R.example.com/v2/", "r.example.com/v1/", "http://r.example.com"
            })
    void anotherSpellingOfTheSameRegistryIsReplacedAndRemoved(String spelling) throws Exception {
        given("{\"auths\":{\"" + spelling + "\":{\"auth\":\"b2xkOm9sZA==\"}}}");

        stored().store(HOST, ALICE);
        assertThat(file).content().doesNotContain("b2xkOm9sZA==");
        assertThat(found(HOST)).contains(ALICE);

        assertThat(stored().erase(HOST)).hasSize(1);
        assertThat(found(HOST)).isEmpty();
    }

    /** Podman keeps credentials of parts of a registry, which a log-out of the registry does not mean. */
    @Test
    void aCredentialOfANamespaceIsKeptAndNamed() throws Exception {
        given("{\"auths\":{\"r.example.com/team\":{\"auth\":\"YTpi\"},\"r.example.com\":{\"auth\":\"Yzpk\"}}}");

        assertThat(stored().erase(HOST)).hasSize(1);

        assertThat(file).content().contains("r.example.com/team").doesNotContain("Yzpk");
        assertThat(stored().stillIn(HOST)).contains(file);
    }

    @Test
    void loggingOutOfWhatIsNotThereChangesNothing() throws Exception {
        assertThat(stored().erase(HOST)).isEmpty();
        assertThat(file.getParent()).doesNotExist();

        given("{ \"auths\" : {} }");
        assertThat(stored().erase(HOST)).isEmpty();
        assertThat(file).content().isEqualTo("{ \"auths\" : {} }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "{\"auths\":{\"a\":{},\"a\":{}}}",
                "{\"auths\":[]}",
                "{\"Auths\":{}}",
                "{\"credsStore\":7}",
                "{} {}"
            })
    void aFileThatIsNotUnderstoodIsRefusedAndLeftAsItIs(String config) throws Exception {
        given(config);

        assertThatThrownBy(() -> stored().store(HOST, ALICE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("config.json")
                .hasMessageNotContaining("pa:ss");
        assertThatThrownBy(() -> stored().erase(HOST)).isInstanceOf(InvalidInputException.class);

        assertThat(file).content().isEqualTo(config);
    }

    @Test
    void aLinkThatOnlyThisUserCanExchangeIsFollowed() throws Exception {
        Path real = Files.writeString(
                Files.createDirectories(folder.resolve("dotfiles")).resolve("docker.json"), "{\"a\":1}");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, real);

        stored().store(HOST, ALICE);

        assertThat(file).isSymbolicLink();
        assertThat(real).content().contains("\"a\" : 1", "YWxpY2U6cGE6c3M=");
    }

    @Test
    void aLinkThatOthersCanExchangeIsNotFollowed() throws Exception {
        Path real = Files.writeString(
                Files.createDirectories(folder.resolve("theirs")).resolve("docker.json"), "{}");
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, real);
        Files.setPosixFilePermissions(real.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> stored().store(HOST, ALICE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is a link, and others than you and root may write");
        assertThat(real).content().isEqualTo("{}");

        Files.delete(file);
        Files.createSymbolicLink(file, folder.resolve("nowhere"));
        assertThatThrownBy(() -> stored().store(HOST, ALICE)).hasMessageContaining("is a link");
    }

    @Test
    void whoCouldReadTheFileIsSaid() throws Exception {
        given("{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(stored().exposure())
                .hasValueSatisfying(text -> assertThat(text).contains("others could read or write", "rw-r--r--"));

        stored().store(HOST, ALICE);

        assertThat(stored().exposure()).isEmpty();
        Files.setPosixFilePermissions(file.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(stored().exposure())
                .hasValueSatisfying(text -> assertThat(text).contains("can exchange the file"));
    }

    @ParameterizedTest
    @CsvSource({"docker,rwxrwxrwx,true", "docker,rwx------,false", ".,rwxrwxrwx,true", ".,rwx------,false"})
    void aFolderThatOthersMayWriteToIsSaidBeforeTheFirstLogIn(String shared, String mode, boolean said)
            throws Exception {
        Path place = Files.createDirectories(folder.resolve(shared));
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(mode));

        assertThat(stored().exposure().isPresent()).isEqualTo(said);
        stored().store(HOST, ALICE);
        assertThat(stored().exposure().isPresent()).isEqualTo(said);
    }

    /** What the current user makes in /tmp is the user's alone. */
    @Test
    void aStickyFolderIsNoDanger() throws Exception {
        new ProcessBuilder("chmod", "1777", folder.toString()).start().waitFor();
        assertThat(stored().exposure()).isEmpty();
    }

    /** Whoever may read a file can keep writers waiting with a lock of it. */
    @Test
    void theLockIsForThisUserAlone() throws Exception {
        stored().store(HOST, ALICE);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(file.resolveSibling(".config.json.lock"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatCannotBeMadeIsSaidWithAWayOut() throws Exception {
        Files.createSymbolicLink(folder.resolve("docker"), folder.resolve("missing"));
        assertThatThrownBy(() -> stored().store(HOST, ALICE))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining(file + " could not be made (use --docker-config or DOCKER_CONFIG")
                .hasMessageNotContaining(ALICE.password());
    }

    @Test
    void anotherCredentialThatIsReadFirstIsFound() throws Exception {
        Path first =
                Files.writeString(folder.resolve("first.json"), "{\"auths\":{\"r.example.com\":{\"auth\":\"YTpi\"}}}");
        StoredCredentials both = new StoredCredentials(List.of(first, file), file, Map.of());

        both.store(HOST, ALICE);
        assertThat(both.firstWith(HOST, ALICE)).contains(first);

        assertThat(both.erase(HOST)).hasSize(2);
        both.store(HOST, ALICE);
        assertThat(both.firstWith(HOST, ALICE)).isEmpty();
    }

    @Test
    void logInsAtTheSameTimeLoseNothing() throws Exception {
        int writers = 24;
        List<Callable<StoredCredentials.Place>> calls = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            String host = "r" + i + ".example.com";
            calls.add(() -> stored().store(host, ALICE));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<StoredCredentials.Place> each : threads.invokeAll(calls)) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        for (int i = 0; i < writers; i++) {
            assertThat(found("r" + i + ".example.com")).contains(ALICE);
        }
        try (Stream<Path> left = Files.list(file.getParent())) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("config.json", ".config.json.lock");
        }
    }

    @ParameterizedTest
    @CsvSource({"credsStore,\"test\"", "credHelpers,{\"r.example.com\":\"test\"}"})
    void aHelperGetsThePasswordAndTheFileDoesNot(String member, String value) throws Exception {
        helper("[ \"$1\" = store ] && cat > '" + folder + "/kept'; [ \"$1\" = erase ] && cat > '" + folder
                + "/erased'; exit 0");
        given("{\"auths\":{\"r.example.com\":{\"auth\":\"b2xkOm9sZA==\"}},\"" + member + "\":" + value + "}");

        assertThat(stored().store(HOST, ALICE)).isEqualTo(new StoredCredentials.Place(file, Optional.of("test")));

        assertThat(folder.resolve("kept"))
                .content()
                .isEqualTo("{\"ServerURL\":\"r.example.com\",\"Username\":\"alice\",\"Secret\":\"pa:ss\"}");
        assertThat(file)
                .content()
                .doesNotContain("b2xkOm9sZA==", "YWxpY2U6cGE6c3M=")
                .contains("test");
        assertThat(stored().erase(HOST)).containsExactly(new StoredCredentials.Place(file, Optional.of("test")));
        assertThat(folder.resolve("erased")).content().isEqualTo(HOST);
    }

    @Test
    void aHelperThatHasNothingToEraseIsNoError() throws Exception {
        helper("echo 'credentials not found in native keychain'; exit 1");
        given("{\"credsStore\":\"test\"}");

        assertThat(stored().erase(HOST)).isEmpty();
    }

    @Test
    void aHelperThatFailsIsNotQuotedAndThePasswordIsNotKeptElsewhere() throws Exception {
        helper("tee /dev/stderr; exit 1");
        given("{\"credsStore\":\"test\"}");

        assertThatThrownBy(() -> stored().store(HOST, ALICE))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("docker-credential-test for r.example.com failed with exit status 1")
                .hasMessageNotContaining("pa:ss");
        assertThat(file).content().isEqualTo("{\"credsStore\":\"test\"}");
    }

    @Test
    void aHelperThatPrintsAGigabyteIsEnded() throws Exception {
        helper("cat > /dev/null; head -c 1000000000 /dev/zero");
        given("{\"credsStore\":\"test\"}");

        assertThatThrownBy(() -> stored().store(HOST, ALICE)).hasMessageContaining("printed more than the allowed");
    }

    /** It reads nothing either, and what it is given does not fit into a pipe. */
    @Test
    void aHelperThatHangsIsEnded() throws Exception {
        helper("exec sleep 20");
        CredentialHelper slow =
                new CredentialHelper(folder.resolve("docker-credential-test"), System.getenv(), Duration.ofMillis(300));

        assertThatThrownBy(() -> slow.store(HOST, new Credential.Password("alice", "x".repeat(1_000_000))))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("did not end within");
    }

    @Test
    void whatAHelperThatHangsHasStartedEndsWithIt() throws Exception {
        Path pid = folder.resolve("pid");
        helper("sleep 40 & echo $! > " + pid + "; wait");
        CredentialHelper slow =
                new CredentialHelper(folder.resolve("docker-credential-test"), System.getenv(), Duration.ofSeconds(2));

        assertThatThrownBy(() -> slow.get(HOST)).hasMessageContaining("did not end within");

        Optional<ProcessHandle> child =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
        for (int i = 0; i < 100 && child.filter(ProcessHandle::isAlive).isPresent(); i++) {
            Thread.sleep(50);
        }
        assertThat(child.filter(ProcessHandle::isAlive)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DOCKER_CONFIG REGISTRY_AUTH_FILE docker podman,D/config.json",
        "REGISTRY_AUTH_FILE docker podman,A",
        "docker podman,H/.docker/config.json",
        "podman,R/containers/auth.json",
        "home,H/.config/containers/auth.json",
        "'',H/.docker/config.json"
    })
    void theFileIsTheOneThatTheUserMeans(String given, String expected) throws Exception {
        Path home = Files.createDirectories(folder.resolve("H"));
        Map<String, String> environment =
                new HashMap<>(Map.of("XDG_RUNTIME_DIR", folder.resolve("R").toString()));
        for (String each : given.split(" ", -1)) {
            switch (each) {
                case "DOCKER_CONFIG" ->
                    environment.put(each, folder.resolve("D").toString());
                case "REGISTRY_AUTH_FILE" ->
                    environment.put(each, folder.resolve("A").toString());
                case "docker" -> exists(home.resolve(".docker/config.json"));
                case "podman" -> exists(folder.resolve("R/containers/auth.json"));
                case "home" -> exists(home.resolve(".config/containers/auth.json"));
                default -> assertThat(each).isEmpty();
            }
        }
        environment.put("HOME", home.toString());
        StoredCredentials stored = StoredCredentials.ofThisUser(environment);
        assertThat(stored.written()).isEqualTo(folder.resolve(expected));
        assertThat(stored.read()).contains(stored.written());
    }

    /** Java's answer for a user without an entry is a question mark: the password would be kept in the current folder. */
    @ParameterizedTest
    @CsvSource({"'',?", "relative,?", "'',''", ".,relative"})
    void aUserWithoutAHomeIsRefusedAndNothingGoesToTheCurrentFolder(String variable, String known) throws Exception {
        String usual = System.setProperty("user.home", known);
        try {
            Map<String, String> environment = Map.of("HOME", variable, "XDG_RUNTIME_DIR", "run");
            assertThatThrownBy(() -> StoredCredentials.ofThisUser(environment))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("set DOCKER_CONFIG, or HOME to an absolute path");
            assertThat(DockerConfig.ofThisUser(environment).find(HOST)).isEmpty();
            assertThat(StoredCredentials.ofThisUser(Map.of("DOCKER_CONFIG", "named"))
                            .written())
                    .isEqualTo(Path.of("named/config.json").toAbsolutePath());
        } finally {
            System.setProperty("user.home", usual);
        }
    }

    @Test
    void withoutTheVariableTheHomeIsThatOfTheSystem() throws Exception {
        String usual = System.setProperty("user.home", folder.toString());
        try {
            assertThat(StoredCredentials.ofThisUser(Map.of()).written())
                    .isEqualTo(folder.resolve(".docker/config.json"));
        } finally {
            System.setProperty("user.home", usual);
        }
    }

    private static void exists(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "{}");
    }
}
