package io.jenkins.plugins.airworthy.jenkins.agent;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WorkspacePathsTest {
    @TempDir
    Path folder;

    private Path root;
    private WorkspacePaths paths;

    @BeforeEach
    void make() throws Exception {
        root = Files.createDirectories(folder.resolve("workspace/job")).toRealPath();
        Files.createDirectories(root.resolve("target"));
        Files.writeString(root.resolve("target/app.jar"), "");
        Files.writeString(folder.resolve("secret"), "");
        Files.createSymbolicLink(root.resolve("out"), folder);
        Files.createSymbolicLink(root.resolve("link"), folder.resolve("secret"));
        paths = WorkspacePaths.at(root.toString());
    }

    @Test
    void findsWhatIsInside() throws Exception {
        assertThat(paths.resolve(Path.of("target/app.jar"), "file")).isEqualTo(root.resolve("target/app.jar"));
        assertThat(paths.resolve(Path.of("target/../target/new/one"), "file"))
                .isEqualTo(root.resolve("target/new/one"));
        assertThat(paths.resolve(root.resolve("target"), "file")).isEqualTo(root.resolve("target"));
        assertThat(paths.resolve(Path.of("."), "file")).isEqualTo(root);
        assertThat(paths.resolveFully(Path.of("images"), "file")).isEqualTo(root.resolve("images"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../../secret", "/etc/passwd", "target/../../job2/x", "out/secret", "out/x/y"})
    void refusesWhatLeadsOut(String path) {
        assertThatThrownBy(() -> paths.resolve(Path.of(path), "the file to copy"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the file to copy '" + path + "' is outside of the workspace");
    }

    @Test
    void followsNoLinkOutEvenAsTheLastPart() {
        assertThatThrownBy(() -> paths.resolveFully(Path.of("link"), "the file of tests"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'link' is a link out of the workspace");
    }

    @Test
    void createsAnUnusedWorkspace() throws Exception {
        assertThat(WorkspacePaths.at(folder.resolve("new").toString()).root()).isEmptyDirectory();
    }

    @Test
    void namesAWorkspaceThatCannotBeCreated() {
        assertThatThrownBy(() ->
                        WorkspacePaths.at(folder.resolve("secret/workspace").toString()))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("secret/workspace can be neither read nor created");
    }
}
