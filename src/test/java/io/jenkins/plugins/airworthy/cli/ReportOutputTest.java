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

import java.nio.file.Files;
import java.nio.file.Path;
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
    void aFailureForAPersonLeavesNoReport() throws Exception {
        Files.writeString(file, "passed");
        assertThat(session.run("verify", "oci:absent:1", "--output", file.toString())
                        .status())
                .isEqualTo(2);
        assertThat(file).doesNotExist();
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
