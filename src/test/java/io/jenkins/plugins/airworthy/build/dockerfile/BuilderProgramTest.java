package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which program builds. */
class BuilderProgramTest {
    @TempDir
    Path folder;

    private Path bin;
    private Path workspace;

    @BeforeEach
    void install() throws Exception {
        folder = folder.toRealPath();
        bin = Files.createDirectory(folder.resolve("bin"));
        workspace = Files.createDirectory(folder.resolve("workspace"));
        for (Path place : List.of(bin, workspace)) {
            for (String name : List.of("buildctl", "docker")) {
                Files.setPosixFilePermissions(
                        Files.writeString(place.resolve(name), "#!/bin/sh\n"),
                        PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private BuilderProgram find(String kind, List<String> configured, String path) throws InvalidInputException {
        return BuilderProgram.find(BuilderKind.parse(kind), configured, path, List.of(workspace));
    }

    @Test
    void takesTheFirstOnPathThatNoBuildCanHavePutThere() throws Exception {
        assertThat(find("", List.of(), workspace + ":" + bin))
                .isEqualTo(new BuilderProgram(BuilderKind.BUILDCTL, bin.resolve("buildctl")));
        assertThat(find("docker", List.of(), bin.toString()).kind()).isEqualTo(BuilderKind.DOCKER);
    }

    @Test
    void takesWhatIsConfiguredAndNothingElse() throws Exception {
        assertThat(find("", List.of(bin.resolve("docker").toString()), bin.toString())
                        .kind())
                .isEqualTo(BuilderKind.DOCKER);
        assertThat(find("docker", List.of("/nowhere", bin.toString()), "").path())
                .isEqualTo(bin.resolve("docker"));
        assertThatThrownBy(() -> find("buildah", List.of(bin.toString()), bin.toString()))
                .hasMessage("no builder was found: looked for buildah at " + bin
                        + ": install one, or name the absolute path of"
                        + " one (at the command line --builder-path, in Jenkins the tool Container builder)");
        assertThatThrownBy(() -> find("", List.of("bin/docker"), "")).hasMessageContaining("by its absolute path");
    }

    @Test
    void refusesProgramInTheWorkspace() throws Exception {
        assertThatThrownBy(() -> find("", List.of(), workspace.toString()))
                .hasMessageContaining("looked for buildah, docker-buildx, buildx, buildctl, docker on PATH");
        assertThatThrownBy(() -> find("", List.of(workspace.toString()), ""))
                .hasMessageContaining("is in the workspace");
        Path link = Files.createSymbolicLink(folder.resolve("docker"), workspace.resolve("docker"));
        assertThatThrownBy(() -> find("", List.of(link.toString()), "")).hasMessageContaining("is in the workspace");
    }

    @Test
    void refusesOtherWords() {
        assertThatThrownBy(() -> find("make", List.of(), ""))
                .hasMessage("'make' is no builder: expected one of buildah, buildx, buildctl, docker");
    }
}
