package io.jenkins.plugins.airworthy.jenkins.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.build.BuildCheck;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.jenkins.config.AgentTrivy;
import io.jenkins.plugins.airworthy.jenkins.config.LayoutFolders;
import io.jenkins.plugins.airworthy.jenkins.config.Registries;
import io.jenkins.plugins.airworthy.testing.TestReport;
import io.jenkins.plugins.airworthy.testing.structure.StructureTests;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What agents do, done here, and how the controller reads it; each work has travelled as bytes. */
class AgentWorksTest {
    private static final String STRUCTURE = """
            schemaVersion: 2.0.0
            fileExistenceTests:
              - {name: application, path: /app/app.txt, shouldExist: true}
              - {name: nothing else, path: /etc/passwd, shouldExist: true}
            """;

    @TempDir
    Path folder;

    private Path workspace;
    private Path listed;
    private AgentStores stores;

    @BeforeEach
    void prepare() throws Exception {
        workspace = Files.createDirectories(folder.resolve("workspace")).toRealPath();
        listed = Files.createDirectories(folder.resolve("listed")).toRealPath();
        Files.writeString(workspace.resolve("app.txt"), "the application");
        Files.writeString(workspace.resolve("structure.yaml"), STRUCTURE);
        Files.createDirectories(workspace.resolve("reports"));
        Files.writeString(
                workspace.resolve("reports/TEST-a.xml"),
                "<testsuite name='a' tests='1'><testcase name='b'/></testsuite>");
        LayoutFolders folders = new LayoutFolders(List.of(listed.toString()));
        stores = new AgentStores(
                new Registries(List.of(), folders).forAgents(null, List.of()), folders, workspace.toString());
    }

    @Test
    void buildsFilesOfTheWorkspaceIntoAListedFolderAndReturnsTheDigest() throws Exception {
        String target = "oci:" + listed.resolve("app") + ":1";

        Digest digest = build(instructions("app.txt:/app/"), target);

        assertThat(new BuildCheck(reference -> LayoutStore.open((LayoutReference) reference))
                        .check(instructions("app.txt:/app/").request(), ImageReference.parse(target), digest)
                        .descriptor()
                        .digest())
                .isEqualTo(digest);
    }

    @Test
    void buildsIntoTheWorkspace() throws Exception {
        build(instructions("app.txt:/app/"), "oci:images/app:1");

        assertThat(workspace.resolve("images/app/index.json")).exists();
    }

    @Test
    void aFileOutsideOfTheWorkspaceIsRefused() throws Exception {
        Files.writeString(folder.resolve("secret"), "s3cr3t");

        assertThatThrownBy(() -> build(instructions("../secret:/app/"), "oci:images:1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("'../secret' is outside of the workspace");
        assertThatThrownBy(() -> build(instructions(folder.resolve("secret") + ":/app/"), "oci:images:1"))
                .hasMessageContaining("is outside of the workspace");
    }

    @Test
    void aLayoutFolderElsewhereIsRefused() {
        assertThatThrownBy(() -> build(instructions("app.txt:/app/"), "oci:" + folder.resolve("elsewhere") + ":1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not in a folder that is listed");
        assertThatThrownBy(() -> build(instructions("app.txt:/app/"), "oci:../elsewhere:1"))
                .hasMessageContaining("is outside of the workspace");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void aRegistryThatIsNotListedIsRefused() {
        assertThatThrownBy(() -> build(instructions("app.txt:/app/"), "internal.example.com/app:1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not one of the configured registries");
    }

    @Test
    void structureTestsRunOnTheImageAloneAndOnlyTheirOwnReportIsTaken() throws Exception {
        ImageReference reference = ImageReference.parse("oci:" + listed.resolve("app") + ":1");
        build(instructions("app.txt:/app/"), reference.toString());
        JsonObject files = answer(new TestFilesWork(
                workspace.toString(), List.of("structure.yaml"), List.of("reports/*.xml"), Duration.ofMinutes(1)));
        TestFile file = TestFile.read(files.objects(TestFilesWork.STRUCTURE).get(0));
        ResolvedImage image = read(reference);
        AgentStores withoutWorkspace = new AgentStores(stores.registries(), stores.folders(), "");

        JsonObject answer = answer(new StructureWork(image.pinned().toString(), List.of(file), withoutWorkspace));
        Map<Digest, List<TestReport>> reports = StructureAnswer.read(answer, image, List.of(file.tests()));

        assertThat(reports.get(image.digest())).singleElement().satisfies(report -> {
            assertThat(report.suite()).isEqualTo("structure.yaml");
            assertThat(report.counts()).isEqualTo("1 passed, 1 failed");
        });
        StructureTests other = StructureTests.parse(
                STRUCTURE.replace("nothing else", "renamed").getBytes(StandardCharsets.UTF_8), "structure.yaml");
        assertThatThrownBy(() -> StructureAnswer.read(answer, image, List.of(other)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not of the tests in 'structure.yaml'");
        ((ObjectNode) answer.node().withArray("platforms").get(0))
                .put("digest", Digest.of(new byte[0]).toString());
        assertThatThrownBy(() -> StructureAnswer.read(answer, image, List.of(file.tests())))
                .hasMessageContaining("expected " + image.digest());
    }

    @Test
    void aReportWithATestLeftOutIsRefused() throws Exception {
        ImageReference reference = ImageReference.parse("oci:" + listed.resolve("app") + ":1");
        build(instructions("app.txt:/app/"), reference.toString());
        ResolvedImage image = read(reference);
        TestFile file = TestFile.of("structure.yaml", Files.readAllBytes(workspace.resolve("structure.yaml")));
        JsonObject answer = answer(new StructureWork(image.pinned().toString(), List.of(file), stores));
        answer.objects("platforms")
                .get(0)
                .objects("reports")
                .get(0)
                .node()
                .withArray("tests")
                .remove(1);

        assertThatThrownBy(() -> StructureAnswer.read(answer, image, List.of(file.tests())))
                .hasMessageContaining("is not of the tests in");
    }

    @Test
    void aJUnitFileFromAnOlderBuildIsRefused() throws Exception {
        Files.setLastModifiedTime(
                workspace.resolve("reports/TEST-a.xml"),
                FileTime.from(Instant.now().minusSeconds(600)));

        assertThatThrownBy(() -> answer(new TestFilesWork(
                        workspace.toString(), List.of(), List.of("reports/*.xml"), Duration.ofSeconds(60))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("before this build began");
    }

    @Test
    void aFileOfTestsOutsideOfTheWorkspaceIsRefused() throws Exception {
        Files.writeString(folder.resolve("secret.yaml"), STRUCTURE);
        Files.createSymbolicLink(workspace.resolve("link.yaml"), folder.resolve("secret.yaml"));

        for (String name : List.of(
                "../secret.yaml", "link.yaml", folder.resolve("secret.yaml").toString())) {
            assertThatThrownBy(() ->
                            answer(new TestFilesWork(workspace.toString(), List.of(name), List.of(), Duration.ZERO)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("of the workspace");
        }
    }

    @Test
    void aTrivyOfTheWorkspaceIsNotRun() throws Exception {
        Path fake = workspace.resolve("trivy");
        Files.writeString(fake, "#!/bin/sh\ntouch " + folder.resolve("ran") + "\n");
        assertThat(fake.toFile().setExecutable(true)).isTrue();
        AgentTrivy trivy =
                new AgentTrivy(fake.toString(), folder.resolve("cache").toString(), true, "", "", 60);

        assertThatThrownBy(() -> answer(new ScanWork("oci:" + listed + ":1", trivy, stores)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is in the workspace, where the build can change it");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void namesAMissingTrivy() {
        AgentTrivy trivy =
                new AgentTrivy("/nowhere/trivy", folder.resolve("cache").toString(), true, "", "", 60);

        assertThatThrownBy(() -> answer(new ScanWork("oci:" + listed + ":1", trivy, stores)))
                .hasMessageContaining("/nowhere/trivy");
    }

    @Test
    void refusesInstructionsWithoutABase() {
        assertThatThrownBy(() -> new BuildInstructions(
                                "", List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                                List.of(), "", "")
                        .request())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("base is missing");
    }

    @Test
    void namesAMissingImage() {
        assertThatThrownBy(() ->
                        answer(new StructureWork("oci:" + listed + "@" + Digest.of(new byte[0]), List.of(), stores)))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining(listed.toString());
    }

    private static BuildInstructions instructions(String file) {
        return new BuildInstructions(
                "scratch",
                List.of(file),
                List.of("/app/app.txt"),
                List.of(),
                List.of("A=1"),
                List.of("team=one"),
                List.of("8080"),
                List.of(),
                List.of(),
                "1000",
                "/app");
    }

    private Digest build(BuildInstructions instructions, String target) throws Exception {
        return Digest.parse(answer(new BuildWork(instructions, target, stores)).string(BuildWork.DIGEST));
    }

    private static ResolvedImage read(ImageReference reference) throws Exception {
        try (ImageStore store = LayoutStore.open((LayoutReference) reference)) {
            return ImageReader.read(store, reference);
        }
    }

    private static JsonObject answer(AgentWork work) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(work);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            ObjectNode answer = ((AgentWork) in.readObject()).run(Progress.SILENT);
            return StrictJson.parseObject(StrictJson.write(answer), "answer", AgentAnswer.MAX_BYTES);
        }
    }
}
