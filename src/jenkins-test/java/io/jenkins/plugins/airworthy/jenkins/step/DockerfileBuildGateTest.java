package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Result;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.jenkins.config.BuilderTool;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;
import io.jenkins.plugins.airworthy.tools.Tool;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Dockerfiles that the real buildah builds in a run: from the file to the promotion, and what is refused on the way. */
@WithJenkins
class DockerfileBuildGateTest {
    private static final String SECRET = "value-of-an-argument";

    @TempDir
    Path folder;

    /** The administrator's own configuration of buildah is around it. */
    private void setUp() throws Exception {
        Path storage = Files.writeString(
                folder.resolve("storage.conf"),
                "[storage]\ndriver = \"vfs\"\ngraphroot = \"%s\"\nrunroot = \"%s\"\n"
                        .formatted(folder.resolve("store/root"), folder.resolve("store/run")));
        Path script = Files.writeString(
                Files.createDirectory(folder.resolve("bin")).resolve("buildah"),
                "#!/bin/sh\nexport BUILDAH_ISOLATION=chroot CONTAINERS_STORAGE_CONF='%s'\nexec '%s' \"$@\"\n"
                        .formatted(storage, Tool.require("buildah").executable()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Jenkins.get()
                .getDescriptorByType(BuilderTool.DescriptorImpl.class)
                .setInstallations(new BuilderTool("buildah", script.toString(), List.of()));
    }

    private static String base(GateSetup setup) {
        return """
                writeFile file: 'base/which', text: 'a base'
                imageBuild to: '%s/base/files:1', base: 'scratch', files: ['base:/base']
                """.formatted(setup.host());
    }

    private static String dockerfile(GateSetup setup, String more) {
        return """
                writeFile file: 'app.txt', text: 'the application'
                writeFile file: 'structure.yaml', text: 'schemaVersion: "2.0.0"\\nfileExistenceTests: [{name: app, path: /app/app.txt, shouldExist: true}]\\n'
                writeFile file: 'Dockerfile', text: 'FROM %s/base/files:1\\nARG WORD\\nCOPY app.txt /app/\\nLABEL word=$WORD\\n'
                imageBuild to: '%s/staging/shop:1', dockerfile: 'Dockerfile'%s
                """.formatted(setup.host(), setup.host(), more).replace("$WORD", "\\$WORD");
    }

    @Test
    void promotesWhatWasBuiltFromADockerfile(JenkinsRule jenkins) throws Exception {
        setUp();
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            WorkflowRun run = setup.run(
                    Result.SUCCESS,
                    "node {\n" + base(setup) + dockerfile(setup, ", buildArgs: ['WORD=" + SECRET + "']")
                            + "imageTest structure: ['structure.yaml']\nimageSign()\n"
                            + "imagePromote to: '" + setup.host() + "/prod/shop:1'\n}");

            assertThat(setup.at("prod/shop:1")).isPresent();
            jenkins.assertLogContains("[airworthy] Image " + setup.host() + "/base/files:1 is sha256:", run);
            jenkins.assertLogContains("[airworthy] Building with buildah ", run);
            RecordedImage built = ImageRecord.of(run).images().stream()
                    .filter(image -> image.reference().toString().contains("staging/shop"))
                    .findFirst()
                    .orElseThrow();
            assertThat(built.adopted()).isFalse();
            Statement statement = ImageRecord.of(run).statements(built).get(0);
            Provenance provenance = Provenance.parse(statement);
            assertThat(provenance.buildType()).isEqualTo(Provenance.JENKINS_DOCKERFILE);
            assertThat(provenance.base().orElseThrow().reference()).isEqualTo(setup.host() + "/base/files:1");
            assertThat(statement.observation().orElseThrow().observer()).isEqualTo(Observer.BUILD_AGENT);
            assertThat(statement.predicateObject().toString()).contains("WORD").doesNotContain(SECRET);
            jenkins.assertLogNotContains(SECRET, run);
        }
    }

    @Test
    void refusesArgumentsOfTheOtherKindOfBuild(JenkinsRule jenkins) throws Exception {
        setUp();
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            WorkflowRun run = setup.run(
                    Result.FAILURE,
                    "node {\n" + dockerfile(setup, ", base: 'scratch', files: ['app.txt:/app/']") + "}");
            jenkins.assertLogContains("'base' is given, and a dockerfile is built", run);

            run = setup.run(
                    Result.FAILURE,
                    "node { imageBuild to: '" + setup.host() + "/staging/shop:1', base: 'scratch', target: 'x' }");
            jenkins.assertLogContains("'target' is given, and a dockerfile is missing", run);
        }
    }

    @Test
    void refusesImageOfAnotherRegistryAndTellsTheLine(JenkinsRule jenkins) throws Exception {
        setUp();
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            WorkflowRun run = setup.run(
                    Result.FAILURE,
                    "node {\nwriteFile file: 'Dockerfile', text: 'FROM evil.example.com/x:1\\n'\n" + "imageBuild to: '"
                            + setup.host() + "/staging/shop:1', dockerfile: 'Dockerfile' }");
            jenkins.assertLogContains(
                    "Dockerfile, line 1: 'evil.example.com/x:1': evil.example.com is not one of the registries", run);

            run = setup.run(
                    Result.FAILURE,
                    "node {\nwriteFile file: 'Dockerfile', text: '# syntax=evil.example.com/x:1\\nFROM scratch\\n'\n"
                            + "imageBuild to: '" + setup.host() + "/staging/shop:1', dockerfile: 'Dockerfile' }");
            jenkins.assertLogContains("Dockerfile, line 1: '# syntax=' lets a program of another image", run);
        }
    }

    @Test
    void tellsWhichBuildersWereLookedFor(JenkinsRule jenkins) throws Exception {
        Jenkins.get()
                .getDescriptorByType(BuilderTool.DescriptorImpl.class)
                .setInstallations(new BuilderTool("none", "/nowhere", List.of()));
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            WorkflowRun run = setup.run(Result.FAILURE, "node {\n" + dockerfile(setup, "") + "}");

            jenkins.assertLogContains(
                    "no builder was found: looked for buildah, docker-buildx, buildx, buildctl, docker", run);
            jenkins.assertLogContains(" at /nowhere: ", run);
        }
    }
}
