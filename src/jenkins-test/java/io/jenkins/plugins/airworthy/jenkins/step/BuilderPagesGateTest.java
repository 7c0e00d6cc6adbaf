package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.EnvVars;
import hudson.model.Result;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Both pipelines of docs/build-with-buildah.md, as they are written there but for the registry's name and the checkout. */
@WithJenkins
class BuilderPagesGateTest {
    private static final Pattern EXAMPLE = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL);
    private static final String SOURCES = """
            writeFile file: 'Dockerfile', text: 'FROM scratch\\nCOPY Dockerfile /app\\n'
            writeFile file: 'structure.yaml', text: 'schemaVersion: "2.0.0"\\nfileExistenceTests: [{name: app, path: /app, shouldExist: true}]\\n'
            """;

    @TempDir
    Path folder;

    @Test
    void whatBuildahBuiltIsAdoptedTestedScannedSignedAndPromoted(JenkinsRule jenkins) throws Exception {
        Tool.require("buildah");
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            GateSetup.scanWithTrivy(folder.resolve("cache"));
            KeyEntry key = GateSetup.key("release");
            List<RunKind> accepts = new ArrayList<>(RunKind.marked());
            accepts.add(RunKind.ADOPTED);
            key.setAccepts(accepts);
            key.setFolders(List.of("shop"));
            key.setImages(List.of(setup.host() + "/staging/**", setup.host() + "/prod/**"));
            GateSetup.offerKeys(key);
            PolicyEntry plain = setup.policy("production");
            PolicyEntry adopting = new PolicyEntry(
                    "production", plain.getText().replace("provenance: {", "provenance: {adopted: true, "));
            adopting.setAccepts(plain.getAccepts());
            GateSetup.offerPolicies(adopting);
            jenkins.jenkins.getGlobalNodeProperties().add(new EnvironmentVariablesNodeProperty(buildah(setup)));

            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
            List<String> examples = examples();
            assertThat(examples).hasSize(2);
            for (String example : examples) {
                setup.run(
                        job,
                        Result.SUCCESS,
                        example.replace("registry.example.com", setup.host())
                                .replace("    checkout scm\n", SOURCES)
                                .replace(
                                        "            steps {\n                sh",
                                        "            steps {\n" + SOURCES + "sh"));
            }

            assertThat(setup.at("prod/shop:1.0")).isPresent().isEqualTo(setup.at("staging/shop:1.0"));
            assertThat(setup.at("prod/shop:1.1")).isPresent().isEqualTo(setup.at("staging/shop:1.1"));
        }
    }

    /** What buildah is told by an administrator of the agent. */
    private EnvironmentVariablesNodeProperty.Entry[] buildah(GateSetup setup) throws Exception {
        Path storage = Files.writeString(
                folder.resolve("storage.conf"),
                "[storage]\ndriver = \"vfs\"\ngraphroot = \"%s\"\nrunroot = \"%s\"\n"
                        .formatted(folder.resolve("graph"), folder.resolve("run")));
        Path registries = Files.writeString(
                folder.resolve("registries.conf"),
                "[[registry]]\nlocation = \"%s\"\ninsecure = true\n".formatted(setup.host()));
        EnvVars variables = new EnvVars(
                "BUILDAH_ISOLATION", "chroot",
                "CONTAINERS_STORAGE_CONF", storage.toString(),
                "CONTAINERS_REGISTRIES_CONF", registries.toString());
        return variables.entrySet().stream()
                .map(variable -> new EnvironmentVariablesNodeProperty.Entry(variable.getKey(), variable.getValue()))
                .toArray(EnvironmentVariablesNodeProperty.Entry[]::new);
    }

    private static List<String> examples() throws Exception {
        return EXAMPLE.matcher(Files.readString(Path.of("docs/build-with-buildah.md")))
                .results()
                .map((MatchResult example) -> example.group(1))
                .toList();
    }
}
