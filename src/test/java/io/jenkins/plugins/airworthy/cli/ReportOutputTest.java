package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.document.StrictJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The file for a report: whole or not there, of this run, and standard output has nothing then. */
class ReportOutputTest {
    @TempDir
    Path folder;

    private final Session session = new Session();
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("report");
    }

    private Session.Ended version(String... more) {
        String[] arguments =
                Stream.concat(Stream.of("version"), Stream.of(more)).toArray(String[]::new);
        return session.run(arguments);
    }

    private void onlyTheReportIsThere() throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--output", "-o"})
    void theReportIsInTheFileAndNotOnStandardOutput(String option) throws Exception {
        session.colours = true;
        String printed = session.run("version").out();

        Session.Ended ended = version(option, file.toString());

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).isEmpty();
        assertThat(file).content().isEqualTo(printed.replaceAll("\u001b\\[[0-9;]*m", ""));
        onlyTheReportIsThere();
    }

    @Test
    void anOlderReportIsReplaced() throws Exception {
        Files.writeString(file, "x".repeat(100_000));
        assertThat(version("--format=json", "--output=" + file).status()).isZero();
        assertThat(StrictJson.parseObject(Files.readAllBytes(file), "report", 10_000)
                        .has("version"))
                .isTrue();
        onlyTheReportIsThere();
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"json", "sarif", "junit"})
    void aRunThatFailsLeavesNoOlderReportThatPassed(Format format) throws Exception {
        Files.writeString(file, "passed");
        Session.Ended ended = session.run(
                "verify",
                "oci:" + folder.resolve("absent") + ":1",
                "--format",
                format.name(),
                "--output",
                file.toString());

        assertThat(ended.status()).isEqualTo(2); // no policy is named
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("no policy is named");
        assertThat(file).content().contains("no policy is named");
        onlyTheReportIsThere();

        assertThat(session.run("verify", "oci:a:1", "--no-such-option", "--format=" + format, "-o", file.toString())
                        .out())
                .isEmpty();
        assertThat(file).content().contains("no-such-option");
    }

    @Test
    void aFailureForAPersonReplacesTheOlderReport() throws Exception {
        Files.writeString(file, "passed");
        Session.Ended ended = session.run("verify", "oci:absent:1", "--output", file.toString());
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(file).content().startsWith("UNDECIDED no policy is named").doesNotContain("\u001b");
        onlyTheReportIsThere();
    }

    /** Whatever is wrong with the arguments, and however the file is named: it does not keep a report that passed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "verify oci:a:1 -o=FILE --bogus",
                "verify oci:a:1 -oFILE --bogus",
                "verify oci:a:1 --bogus -qo FILE",
                "verify oci:a:1 --format xunit -o FILE",
                "verify oci:a:1 --format junit --policy --output FILE",
                "--bogus verify oci:a:1 -o FILE",
                "--bogus x verify oci:a:1 --format=sarif --output=FILE",
                "-o FILE verify oci:a:1",
                "verify oci:a:1 -o FILE --timeout 0",
                "verify oci:a:1 -o FILE --timeout soon --format=json",
                "verify -o FILE",
                "verify -h oci:a:1 -o FILE",
                "version too many -o FILE"
            })
    void wrongArgumentsLeaveNoOlderReportThatPassed(String call) throws Exception {
        Files.writeString(file, "passed");
        Session.Ended ended = session.run(call.replace("FILE", file.toString()).split(" "));
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(file).content().doesNotContain("passed").isNotBlank();
        onlyTheReportIsThere();
    }

    @Test
    void ofTwoFilesNoneKeepsAReportThatPassed() throws Exception {
        Path other = folder.resolve("other");
        for (Path each : new Path[] {file, other}) {
            Files.writeString(each, "passed");
        }
        assertThat(version("-o", file.toString(), "--output", other.toString()).status())
                .isEqualTo(2);
        assertThat(file).content().contains("is given twice");
        assertThat(other).content().contains("is given twice");
    }

    /** What the run reads, or was given for anything else, is not a place for its report: a key would be lost. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "policy check FILE -o FILE",
                "sign oci:a:1 --key FILE -o FILE",
                "sign oci:a:1 --key=FILE -oFILE",
                "sign oci:a:1 --key FILE -o OTHER",
                "sign oci:a:1 --kee FILE -o FILE",
                "sign oci:a:1 -kFILE -o FILE",
                "verify oci:a:1 --policy p --trust release=FILE --output FILE",
                "verify oci:a:1 --policy p --format xml --trust release=FILE --output FILE",
                "build --base scratch --file FILE:/app --to oci:a:1 -o FILE",
                "verify oci:LAYOUT:1 --policy p -o LAYOUT/index.json",
                "verify oci:LAYOUT:1 --policy p -o LAYOUT/blobs/new",
                "verify oci:LAYOUT@sha256:1 --policy p -o LAYOUT/index.json",
                "login example.com --username u --docker-config LAYOUT -o LAYOUT/index.json"
            })
    @DisabledOnOs(OS.WINDOWS)
    void noFileThatAnotherArgumentNamesIsReplaced(String call) throws Exception {
        Files.writeString(file, "a key");
        Path other = Files.createLink(folder.resolve("other"), file);
        Path layout = folder.resolve("layout");
        Files.createDirectories(layout.resolve("blobs"));
        Files.writeString(layout.resolve("index.json"), "an index");

        Session.Ended ended = session.run(call.replace("FILE", file.toString())
                .replace("OTHER", other.toString())
                .replace("LAYOUT", layout.toString())
                .split(" "));

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("the report would replace");
        assertThat(file).content().isEqualTo("a key");
        assertThat(layout.resolve("index.json")).content().isEqualTo("an index");
        assertThat(layout.resolve("blobs")).isEmptyDirectory();
    }

    @Test
    void noFileThatAVariableOrTheConfigurationNamesIsReplaced() throws Exception {
        Files.writeString(file, "a key");
        session.environment.put("AIRWORTHY_TRUST", "a=absent" + File.pathSeparator + "b=" + file);
        assertThat(version("-o", file.toString()).err()).contains("the report would replace");
        session.environment.clear();
        Path config = Files.createDirectories(folder.resolve("airworthy")).resolve("config.yaml");
        Files.writeString(config, "key: " + file);
        session.environment.put("XDG_CONFIG_HOME", folder.toString());
        assertThat(version("-o", config.toString()).err()).contains("the report would replace");
        assertThat(file).content().isEqualTo("a key");
    }

    /** Until the end nothing is touched: another program may still read the older report, and a run may be killed. */
    @Test
    void anOlderFileStaysUntilTheReportIsThere() throws Exception {
        Files.writeString(file, "older");
        OtherArguments none = new OtherArguments(List.of(), List.of());
        try (ReportOutput output = ReportOutput.open(file.toString(), none)) {
            assertThat(file).content().isEqualTo("older");
            output.write("newer");
        }
        assertThat(file).content().isEqualToIgnoringNewLines("newer");
        onlyTheReportIsThere();
    }

    @Test
    void whatIsWrongWithTheFileIsSaidOnceWithWhatToDo() {
        String message =
                version("--output", folder.resolve("no/report").toString()).err();
        assertThat(message.lines()).hasSize(1);
        assertThat(message).contains("make the folder or name another file");
        assertThat(version("--format=json", "-o", folder.resolve("no/report").toString())
                        .err()
                        .lines())
                .hasSize(1);
        assertThat(version("-o", "-").err()).contains("without --output the report goes to standard output");
        assertThat(Path.of("-")).doesNotExist();
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedBeforeTheWork() throws Exception {
        for (String bad :
                new String[] {folder.toString(), folder.resolve("no/report").toString(), ""}) {
            Session.Ended ended = session.run(
                    "build",
                    "--base",
                    "scratch",
                    "--file",
                    "pom.xml:/pom.xml",
                    "--to",
                    "oci:" + folder.resolve("images") + ":1",
                    "--output",
                    bad);
            assertThat(ended.status()).isEqualTo(2);
            assertThat(ended.err()).contains("--output");
            assertThat(folder.resolve("images")).doesNotExist();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPipeOrALinkIsNotReplaced() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertThat(version("--output", pipe.toString()).status()).isEqualTo(2);
        assertThat(pipe).exists();
        Path target = Files.writeString(folder.resolve("target"), "x");
        Files.createSymbolicLink(file, target);
        assertThat(version("--output", file.toString()).err()).contains("is not a file that can be replaced");
        assertThat(target).content().isEqualTo("x");
    }

    /** Where the option means something else, a failure must not write there. */
    @Test
    void aFailureIsNotWrittenToWhatACommandMakes() throws Exception {
        Path folder = Files.createDirectories(this.folder.resolve("evidence"));
        Session.Ended ended = session.run(
                "evidence", "download", "oci:" + folder + ":1", "--output", file.toString(), "--format", "json");
        assertThat(ended.status()).isNotZero();
        assertThat(ended.json().has("error")).isTrue();
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(CommandList.class)
    void everyCommandHasTheOptionOnce(CommandList command) {
        String help = session.run(("help " + command.words()).split(" ")).out();
        assertThat(help.split("-o, --output=", -1)).hasSize(2);
        assertThat(help.contains("Write the result to this file"))
                .isEqualTo(command.command().writesReportFile());
    }
}
