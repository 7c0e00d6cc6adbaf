package io.jenkins.plugins.airworthy.jenkins.agent;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.build.adopt.BuilderOutput;
import io.jenkins.plugins.airworthy.document.StrictJson;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which files of an agent are read as a builder's output, and what of them comes back. */
class OutputFileWorkTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Path workspace;

    @BeforeEach
    void prepare() throws Exception {
        workspace = Files.createDirectory(folder.resolve("workspace"));
        Files.createDirectory(workspace.resolve("target"));
        Files.writeString(workspace.resolve("target/digest"), DIGEST);
        Files.writeString(folder.resolve("secret"), "s3cr3t");
    }

    private BuilderOutput read(String file, Duration sinceStart) throws Exception {
        byte[] answer =
                StrictJson.write(new OutputFileWork(workspace.toString(), file, sinceStart).run(Progress.SILENT));
        return BuilderOutput.read(StrictJson.parseObject(answer, "answer", AgentAnswer.MAX_BYTES));
    }

    @Test
    void readsFileOfTheWorkspace() throws Exception {
        assertThat(read("target/digest", MINUTE).unnamed()).hasToString("Optional[" + DIGEST + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/etc/passwd", "link", "folder/secret", "target", "missing"})
    void refusesEverythingElseAndTellsNothingOfIt(String file) throws Exception {
        Files.createSymbolicLink(workspace.resolve("link"), folder.resolve("secret"));
        Files.createSymbolicLink(workspace.resolve("folder"), folder);

        assertThatThrownBy(() -> read(file, MINUTE))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .doesNotContain("s3cr3t")
                .doesNotContain("root:");
    }

    @Test
    void refusesLinkWithinTheWorkspaceToo() throws Exception {
        Files.createSymbolicLink(workspace.resolve("link"), workspace.resolve("target/digest"));

        assertThatThrownBy(() -> read("link", MINUTE)).hasMessageContaining("is a link");
    }

    @Test
    void refusesFileOfTheRunBefore() throws Exception {
        Files.setLastModifiedTime(
                workspace.resolve("target/digest"), FileTime.from(Instant.now().minusSeconds(120)));

        assertThatThrownBy(() -> read("target/digest", MINUTE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("it is of an earlier build");
    }
}
