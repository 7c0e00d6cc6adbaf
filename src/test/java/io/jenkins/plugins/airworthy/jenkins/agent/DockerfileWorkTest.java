package io.jenkins.plugins.airworthy.jenkins.agent;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.build.dockerfile.BuildOptions;
import io.jenkins.plugins.airworthy.build.dockerfile.BuildPlan;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.jenkins.config.LayoutFolders;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What an agent reads and runs to build a Dockerfile, done here; each work has travelled as bytes. */
class DockerfileWorkTest {
    @TempDir
    Path folder;

    private Path workspace;
    private AgentBuilders builders;

    @BeforeEach
    void prepare() throws Exception {
        folder = folder.toRealPath();
        workspace = Files.createDirectory(folder.resolve("workspace"));
        Files.createDirectory(workspace.resolve("folder"));
        Files.writeString(workspace.resolve("Dockerfile"), "FROM scratch\n");
        Files.writeString(folder.resolve("secret"), "s3cr3t");
        builders = new AgentBuilders("", List.of(program(folder).toString()));
    }

    private static Path program(Path place) throws Exception {
        return Files.setPosixFilePermissions(
                Files.writeString(place.resolve("buildah"), "#!/bin/sh\necho buildah version 1.28.2\n"),
                PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static JsonObject run(AgentWork work) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(work);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            byte[] answer = StrictJson.write(((AgentWork) in.readObject()).run(Progress.SILENT));
            return StrictJson.parseObject(answer, "answer", AgentAnswer.MAX_BYTES);
        }
    }

    private String read(String file) throws Exception {
        JsonObject answer = run(new DockerfileWork(workspace.toString(), file, builders));
        return new String(Base64.getDecoder().decode(answer.string(DockerfileWork.DOCKERFILE)), UTF_8);
    }

    @Test
    void readsTheFile() throws Exception {
        assertThat(read("Dockerfile")).isEqualTo("FROM scratch\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret", "/etc/passwd", "link", "out/secret", "folder", "missing", "large", "", "a\0b"})
    void refusesEverythingElse(String file) throws Exception {
        Files.createSymbolicLink(workspace.resolve("link"), workspace.resolve("Dockerfile"));
        Files.createSymbolicLink(workspace.resolve("out"), folder);
        Files.write(workspace.resolve("large"), new byte[1024 * 1024 + 1]);

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .doesNotContain("s3cr3t");
    }

    @Test
    void refusesBuilderInTheWorkspace() throws Exception {
        builders = new AgentBuilders("buildah", List.of(program(workspace).toString()));

        assertThatThrownBy(() -> read("Dockerfile")).hasMessageContaining("is in the workspace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "/etc", "out", "Dockerfile", "missing"})
    void refusesContextOutsideOfTheWorkspace(String context) throws Exception {
        Files.createSymbolicLink(workspace.resolve("out"), folder);
        BuildPlan plan = new BuildPlan(
                "FROM scratch\n",
                List.of(),
                "r.example.com/staging/app:1",
                new BuildOptions("", List.of(), Map.of("NAME", "s3cr3t"), List.of(), List.of()));
        DockerfileBuildWork work = new DockerfileBuildWork(
                workspace.toString(),
                context,
                plan,
                builders,
                new Registries(List.of(), new LayoutFolders(List.of())).forAgents(null, List.of()));

        assertThat(work.toString()).doesNotContain("s3cr3t");
        assertThatThrownBy(() -> run(work)).isInstanceOf(InvalidInputException.class);
    }
}
