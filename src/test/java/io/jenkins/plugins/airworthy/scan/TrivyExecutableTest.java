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
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
    void passesOverTheWorkspaceAndItsFolders() {
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
    void passesOverFoldersAndProgramsThatAGroupMayWrite() throws IOException {
        Path open = program("open");
        Files.setPosixFilePermissions(open.getParent(), PosixFilePermissions.fromString("rwxrwxr-x"));
        Path writable = program("writable");
        Files.setPosixFilePermissions(writable, PosixFilePermissions.fromString("rwxrwxr-x"));

        assertThat(TrivyExecutable.onPath(path("open", "writable", "good"), List.of()))
                .contains(new TrivyExecutable(good));
    }

    /** Who may write to a folder can put another in the place of one that lies in it. */
    @Test
    void passesOverEverythingBelowAFolderThatOthersMayWrite() throws IOException {
        Path deep = program("shared/tools/bin");
        Path shared = folder.resolve("shared");
        for (String mode : new String[] {"rwxrwxrwx", "rwxrwxr-x"}) {
            Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString(mode));
            assertThat(TrivyExecutable.onPath(path("shared/tools/bin"), List.of()))
                    .as(mode)
                    .isEmpty();
        }

        // In a folder such as /tmp nobody can move what belongs to another.
        Files.setAttribute(shared, "unix:mode", 01777);
        assertThat(TrivyExecutable.onPath(path("shared/tools/bin"), List.of())).contains(new TrivyExecutable(deep));
    }

    @Test
    void passesOverFoldersAndProgramsOfOtherUsers() throws IOException {
        Path folderOfOther = program("theirs").getParent();
        Path programOfOther = program("ours");
        for (Path path : List.of(folderOfOther, programOfOther)) {
            try {
                Files.setAttribute(path, "unix:uid", 65_533);
            } catch (IOException | SecurityException e) {
                assumeTrue(false, "only root can give files away");
            }
        }

        assertThat(TrivyExecutable.onPath(path("theirs", "ours", "good"), List.of()))
                .contains(new TrivyExecutable(good));
    }

    @Test
    void passesOverFilesThatAreNotPrograms() throws IOException {
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
