package io.jenkins.plugins.airworthy.packaging;

import io.jenkins.plugins.airworthy.cli.Main;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** How bin/airworthy starts Java: which one, with which options, and that nothing stands between the caller and it. */
@ParameterizedClass
@ValueSource(strings = {"dash", "busybox sh"})
class LauncherIT {
    private static final String QUICK = "-XX:TieredStopAtLevel=1";
    private static final String MAIN = Main.class.getName();

    private final String shell;

    @TempDir
    Path folder;

    private InstalledTree tree;

    LauncherIT(String shell) {
        this.shell = shell;
    }

    @BeforeEach
    void install() throws IOException {
        tree = InstalledTree.withoutProgram(folder.resolve("a place/with blanks"), shell)
                .at(folder.resolve("home"))
                .with("JAVA_HOME", FakeJava.of(folder.resolve("java 17"), "17.0.15"));
    }

    @Test
    void passesArgumentsOnAsTheyAre() throws Exception {
        Tool.Outcome outcome =
                tree.run("verify", "a b", "", "*", "$HOME", "--key=x").succeeded();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .endsWith("-cp\n" + tree.folder().toRealPath() + "/lib/airworthy.jar\n" + MAIN
                        + "\nverify\na b\n\n*\n$HOME\n--key=x\n");
    }

    /** A class path ends a name at a colon, and what stood behind it would be a program in anybody's folder. */
    @Test
    void startsNothingWhereItsPlaceHasAColon() throws Exception {
        InstalledTree odd = InstalledTree.withoutProgram(folder.resolve("a:b"), shell)
                .at(folder.resolve("home"))
                .with("JAVA_HOME", FakeJava.of(folder.resolve("java"), "17.0.15"));
        Tool.Outcome outcome = odd.run("verify");
        assertThat(outcome.exit()).isEqualTo(3);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("Java finds no program in a folder with a colon in its name; move it");
    }

    @Test
    void isFoundThroughSymbolicLinks() throws Exception {
        Path first = Files.createSymbolicLink(folder.resolve("one"), Path.of("a place/with blanks/bin/airworthy"));
        Path second = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("bin")).resolve("airworthy"), Path.of("../one"));
        for (Path link : List.of(first, second)) {
            List<String> command = tree.command(link, "--version");
            Tool.Outcome outcome = new Tool(Path.of(command.get(0)))
                    .run(folder, Map.of(), command.subList(1, command.size()).toArray(String[]::new))
                    .succeeded();
            assertThat(outcome.out()).contains(tree.folder().toRealPath() + "/lib/airworthy.jar");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "verify,true",
        "evidence,true",
        "--version,true",
        "promote,false",
        "build,false",
        "scan,false",
        "test,false"
    })
    void compilesQuicklyWhatReadsNoLayers(String command, boolean quickly) throws Exception {
        assertThat(tree.run(command).succeeded().out().lines().toList().contains(QUICK))
                .isEqualTo(quickly);
    }

    @Test
    void takesOptionsForJavaFromTheEnvironment() throws Exception {
        List<String> options = tree.with("AIRWORTHY_JAVA_OPTIONS", " -Xmx64m  -Dpattern=* -XX:+UseG1GC")
                .run("verify")
                .succeeded()
                .out()
                .lines()
                .toList();
        assertThat(options).containsSubsequence("-Xmx64m", "-Dpattern=*", "-XX:+UseG1GC", "-cp");
        assertThat(options).as("a second collector ends Java").doesNotContain("-XX:+UseSerialGC");
    }

    @Test
    void keepsNewerJavasFromWarning() throws Exception {
        String[] options = {"--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"};
        assertThat(tree.run("verify").out()).doesNotContain(options);
        assertThat(tree.with("JAVA_HOME", FakeJava.of(folder.resolve("java 25"), "25"))
                        .run("verify")
                        .out())
                .contains(options);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openjdk version \"1.8.0_402\"", "openjdk version \"16.0.2\" 2021-07-20", "what?"})
    void passesOverAJavaThatIsTooOld(String answer) throws Exception {
        Path old = FakeJava.thatMustBeAsked(folder.resolve("old"), answer);
        Path path = FakeJava.of(folder.resolve("on PATH"), "21.0.1");
        Tool.Outcome outcome = tree.with("JAVA_HOME", old)
                .with("PATH", path.resolve("bin") + ":" + System.getenv("PATH"))
                .run("verify")
                .succeeded();
        assertThat(outcome.out()).contains(MAIN);
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void asksAJavaThatDoesNotTellInAFile() throws Exception {
        Path java = FakeJava.thatMustBeAsked(folder.resolve("java"), "openjdk version \"25-ea\" 2025-09-16");
        assertThat(tree.with("JAVA_HOME", java).run("verify").succeeded().err()).contains("25-ea");
    }

    @ParameterizedTest
    @CsvSource({"exit 1,1", "exit 42,42", "kill -KILL $$,137", "kill -SEGV $$,139"})
    void endsAsJavaEnds(String end, int status) throws Exception {
        assertThat(tree.with("JAVA_HOME", FakeJava.saying(folder.resolve("ends"), "17", end))
                        .run("verify")
                        .exit())
                .isEqualTo(status);
    }

    @Test
    void leavesStandardInputToJava() throws Exception {
        Path java = FakeJava.saying(folder.resolve("reads"), "17", "exec cat");
        ProcessBuilder builder = new ProcessBuilder(
                tree.with("JAVA_HOME", java).command(tree.folder().resolve("bin/airworthy"), "sign"));
        Process process = builder.start();
        process.getOutputStream().write("a password\n".getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("a password\n");
        assertThat(process.waitFor()).isZero();
    }

    /** The launcher's process is Java's: there is nobody between who could keep a signal to himself. */
    @ParameterizedTest
    @CsvSource({"INT,30", "TERM,43"})
    void javaHearsSignals(String signal, int status) throws Exception {
        Path java = FakeJava.saying(folder.resolve("hears"), "17", """
                trap 'exit 30' INT
                trap 'exit 43' TERM
                echo listening
                while :; do sleep 0.1; done
                """);
        List<String> command = new java.util.ArrayList<>(
                tree.with("JAVA_HOME", java).command(tree.folder().resolve("bin/airworthy"), "promote"));
        command.add(1, "--default-signal=INT");
        Process process = new ProcessBuilder(command).start();
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("listening");
        Tool.require("kill")
                .run(folder, Map.of(), "-" + signal, "" + process.pid())
                .succeeded();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"LANG,C,C.UTF-8", "LANG,POSIX,C.UTF-8", "LANG,de_DE.UTF-8,''", "LC_ALL,C,C.UTF-8", "LC_CTYPE,nl_NL,''"})
    void readsFileNamesInALocaleThatHasNone(String variable, String value, String locale) throws Exception {
        Path java = FakeJava.saying(folder.resolve("locale"), "17", "printf '%s' \"${LC_ALL:-}\"");
        assertThat(tree.with("JAVA_HOME", java)
                        .with("LANG", "")
                        .with(variable, value)
                        .run("verify")
                        .out())
                .isEqualTo(locale);
    }
}
