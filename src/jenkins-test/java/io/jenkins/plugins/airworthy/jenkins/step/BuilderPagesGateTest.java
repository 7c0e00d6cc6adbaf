package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Result;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.tools.builder.InstalledBuilder;
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

/** Both pipelines of a page "I build with …", as they are written there but for the registry's name and the checkout. */
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
        assertBothPipelinesPromote(jenkins, "buildah");
    }

    @Test
    void whatBuildctlBuiltIsAdoptedTestedScannedSignedAndPromoted(JenkinsRule jenkins) throws Exception {
        assertBothPipelinesPromote(jenkins, "buildkit");
    }

    /** {@code docker buildx build --push}, with a BuildKit that runs elsewhere and no engine. */
    @Test
    void whatDockerBuiltIsAdoptedTestedScannedSignedAndPromoted(JenkinsRule jenkins) throws Exception {
        assertBothPipelinesPromote(jenkins, "docker");
    }

    private void assertBothPipelinesPromote(JenkinsRule jenkins, String page) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder);
                InstalledBuilder builder = InstalledBuilder.of(page, folder.resolve("builder"), setup.host())) {
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
            jenkins.jenkins.getGlobalNodeProperties().add(new EnvironmentVariablesNodeProperty(told(builder)));

            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
            List<String> examples = examples(page);
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

    private static EnvironmentVariablesNodeProperty.Entry[] told(InstalledBuilder builder) {
        return builder.environment().entrySet().stream()
                .map(variable -> new EnvironmentVariablesNodeProperty.Entry(variable.getKey(), variable.getValue()))
                .toArray(EnvironmentVariablesNodeProperty.Entry[]::new);
    }

    private static List<String> examples(String page) throws Exception {
        return EXAMPLE.matcher(Files.readString(Path.of("docs", "build-with-" + page + ".md")))
                .results()
                .map((MatchResult example) -> example.group(1))
                .toList();
    }
}
