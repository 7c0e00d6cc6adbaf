package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions and links are POSIX's here")
class TrivyExecutableTest {
    @TempDir
    Path folder;

    private Path workspace;
    private Path good;

    @BeforeEach
    void install() throws IOException {
        folder = folder.toRealPath();
        workspace = program("workspace/bin").getParent().getParent();
        good = program("good");
    }

    @Test
    void takesTheFirstThatNoBuildCouldHavePutThere() throws IOException {
        program("other");

        assertThat(TrivyExecutable.onPath(path("missing", "good", "other"), List.of(workspace)))
                .contains(new TrivyExecutable(good));
    }

    @Test
    void passesOverTheWorkspaceAndWhatLiesBeneathIt() {
        assertThat(TrivyExecutable.onPath(path("workspace/bin", "good"), List.of(workspace)))
                .contains(new TrivyExecutable(good));
        assertThat(TrivyExecutable.onPath(path("workspace/bin"), List.of(workspace)))
                .isEmpty();
        assertThat(TrivyExecutable.onPath(path("workspace/../workspace/bin"), List.of(workspace)))
                .isEmpty();
    }

    @Test
    void passesOverLinksIntoTheWorkspaceAndOutOfIt() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), workspace.resolve("bin"));
        Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("tools")).resolve("trivy"), workspace.resolve("bin/trivy"));
        Files.createSymbolicLink(workspace.resolve("trivy"), good);

        assertThat(TrivyExecutable.onPath(path("link", "tools", "workspace"), List.of(workspace)))
                .isEmpty();
    }

    @Test
    void passesOverRelativeAndEmptyEntries() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        String relative = here.relativize(good.getParent()).toString();
        assertThat(Path.of(relative, "trivy")).exists();

        assertThat(TrivyExecutable.onPath(String.join(File.pathSeparator, "", ".", relative, "\0"), List.of(workspace)))
                .isEmpty();
    }

    @Test
    void passesOverFoldersAndProgramsThatAnyoneMayWrite() throws IOException {
        Path open = program("open");
        Files.setPosixFilePermissions(open.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        Path writable = program("writable");
        Files.setPosixFilePermissions(writable, PosixFilePermissions.fromString("rwxr-xrwx"));

        assertThat(TrivyExecutable.onPath(path("open", "writable"), List.of())).isEmpty();
    }

    @Test
    void passesOverWhatIsNoProgram() throws IOException {
        Files.createDirectories(folder.resolve("directory/trivy"));
        Files.writeString(Files.createDirectory(folder.resolve("text")).resolve("trivy"), "text");

        assertThat(TrivyExecutable.onPath(path("directory", "text"), List.of())).isEmpty();
    }

    @Test
    void aNamedProgramMustBeAbsoluteAndRunnable() throws Exception {
        assertThat(TrivyExecutable.at(good).path()).isEqualTo(good);
        assertThatThrownBy(() -> TrivyExecutable.at(Path.of("trivy"))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> TrivyExecutable.at(folder)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> TrivyExecutable.at(folder.resolve("missing"))).hasMessageContaining("install Trivy");
    }

    private Path program(String place) throws IOException {
        Path program = Files.createDirectories(folder.resolve(place)).resolve("trivy");
        Files.writeString(program, "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    private String path(String... places) {
        return String.join(
                File.pathSeparator,
                List.of(places).stream().map(place -> folder + "/" + place).toList());
    }
}
