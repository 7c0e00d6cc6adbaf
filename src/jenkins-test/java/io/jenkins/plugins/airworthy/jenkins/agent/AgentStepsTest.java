package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.Shell;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.RegistryEntry;
import io.jenkins.plugins.airworthy.jenkins.config.RegistryRole;
import io.jenkins.plugins.airworthy.jenkins.run.LastImage;
import io.jenkins.plugins.airworthy.jenkins.run.record.PendingStatement;
import io.jenkins.plugins.airworthy.jenkins.run.record.RecordedImage;
import io.jenkins.plugins.airworthy.jenkins.step.ImageBuildStep;
import io.jenkins.plugins.airworthy.jenkins.step.ImageTestStep;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageBuildBuilder;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImageTestBuilder;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** The steps in a Jenkins, on agents that are processes of their own, with a real registry and a real Trivy. */
@WithJenkins
class AgentStepsTest {
    private static final String TEST_FILES = """
            writeFile file: 'structure.yaml', text: '''
            schemaVersion: 2.0.0
            fileExistenceTests:
              - {name: library, path: /app/lib/log4j-core-2.14.1.jar, shouldExist: true}
            '''
            writeFile file: 'TEST-a.xml', text: '<testsuite name="a" tests="1"><testcase classname="A" name="b"/></testsuite>'
            """;

    @TempDir
    Path folder;

    @Test
    void buildsTestsAndScansOnAnAgentWhateverTheBuildPutsInTheWay(JenkinsRule jenkins) throws Exception {
        try (Laboratory laboratory = new Laboratory(jenkins, folder)) {
            laboratory.scanWithTrivy();
            laboratory.agent("one", "one", "-Duser.language=ar", "-Duser.country=EG");
            Path proof = folder.resolve("the fake ran");

            WorkflowRun run =
                    laboratory.run(Result.SUCCESS, """
                    node('one') {
                      writeFile file: 'bin/trivy', text: '#!/bin/sh\\ntouch "%s"\\n'
                      sh 'chmod +x bin/trivy'
                      writeFile file: '.trivyignore', text: 'CVE-2021-44228\\n'
                      writeFile file: 'trivy.yaml', text: 'severity: [LOW]\\n'
                      withEnv(["PATH+FAKE=$WORKSPACE/bin", 'TRIVY_SEVERITY=LOW', 'TRIVY_SKIP_DIRS=/app',
                               "TRIVY_IGNOREFILE=$WORKSPACE/.trivyignore"]) {
                        %s
                        %s
                        tested = imageTest structure: ['structure.yaml'], junit: ['TEST-*.xml']
                        scanned = imageScan()
                        echo "${built.digest == scanned.digest} ${tested.passed}/${tested.failed} ${scanned.critical} ${scanned.observer}"
                      }
                    }
                    """.formatted(proof, laboratory.buildVulnerable("1"), TEST_FILES));

            jenkins.assertLogContains("true 2/0 2 build-agent", run);
            jenkins.assertLogContains("CRITICAL CVE-2021-44228", run);
            jenkins.assertLogContains("No trusted agent is set up", run);
            // The lines of the agent come before the controller's lines about its answer.
            assertThat(JenkinsRule.getLog(run))
                    .containsSubsequence("] Scanning ", "] Scanned sha256:", "true 2/0 2 build-agent")
                    .doesNotContain("trivy: ");
            assertThat(proof).doesNotExist();
            RecordedImage image = LastImage.of(run);
            assertThat(image.built()).isTrue();
            assertThat(image.statements())
                    .extracting(PendingStatement::predicateType, PendingStatement::observer)
                    .containsExactly(
                            // the script is typed into the job, so its source is not known
                            tuple(PredicateTypes.PROVENANCE, Observer.BUILD_AGENT),
                            tuple(PredicateTypes.TEST_RESULT, Observer.BUILD_AGENT),
                            tuple(PredicateTypes.TEST_RESULT, Observer.BUILD_AGENT),
                            tuple(PredicateTypes.VULNERABILITIES, Observer.BUILD_AGENT),
                            tuple(PredicateTypes.CYCLONEDX, Observer.BUILD_AGENT),
                            tuple(PredicateTypes.SPDX, Observer.BUILD_AGENT));
        }
    }

    @Test
    void observesOnATrustedAgentWithoutWorkspace(JenkinsRule jenkins) throws Exception {
        try (Laboratory laboratory = new Laboratory(jenkins, folder)) {
            laboratory.scanWithTrivy();
            laboratory.agent("one", "one");
            laboratory.agent("trusted", "");
            laboratory.trust("trusted");

            WorkflowRun run = laboratory.run(Result.SUCCESS, """
                    node('one') {
                      %s
                      %s
                      imageBuild to: '%s/staging/app:2', base: '%s/staging/app:1', files: ['structure.yaml:/app/']
                      imageTest structure: ['structure.yaml'], junit: ['TEST-*.xml']
                    }
                    scanned = imageScan()
                    echo "${scanned.observer} ${scanned.critical}"
                    """.formatted(
                            laboratory.buildVulnerable("1"), TEST_FILES, laboratory.host(), laboratory.host()));

            jenkins.assertLogContains("Base image " + laboratory.host() + "/staging/app:1 is sha256:", run);
            assertThat(JenkinsRule.getLog(run).split("Base image ", -1))
                    .as("told once")
                    .hasSize(2);
            jenkins.assertLogContains("trusted-agent 2", run);
            jenkins.assertLogContains("is done on the trusted agent trusted", run);
            assertThat(LastImage.of(run).statements())
                    .extracting(PendingStatement::observer)
                    .containsExactly(
                            Observer.BUILD_AGENT,
                            Observer.TRUSTED_AGENT,
                            Observer.BUILD_AGENT,
                            Observer.TRUSTED_AGENT,
                            Observer.TRUSTED_AGENT,
                            Observer.TRUSTED_AGENT);
            assertThat(folder.resolve("agents/trusted/workspace")).doesNotExist();
        }
    }

    @Test
    void aFailedTestFailsTheBuildAndIsEvidenceAllTheSame(JenkinsRule jenkins) throws Exception {
        try (Laboratory laboratory = new Laboratory(jenkins, folder)) {
            laboratory.agent("one", "one");
            String script = """
                    node('one') {
                      %s
                      writeFile file: 'TEST-a.xml', text: '<testsuite name="a" tests="1"><testcase classname="A" name="b"><failure message="broken"/></testcase></testsuite>'
                      %%s
                    }
                    """.formatted(laboratory.buildVulnerable("1"));

            WorkflowRun failed = laboratory.run(Result.FAILURE, script.formatted("imageTest junit: ['TEST-a.xml']"));
            WorkflowRun told = laboratory.run(
                    Result.SUCCESS,
                    script.formatted(
                            "echo \"failed: ${imageTest(junit: ['TEST-a.xml'], failOnFailedTests: false).failed}\""));

            jenkins.assertLogContains("imageTest: 1 test of sha256:", failed);
            jenkins.assertLogContains("failed A.b", failed);
            jenkins.assertLogContains("failed: 1", told);
            for (WorkflowRun run : List.of(failed, told)) {
                assertThat(LastImage.of(run).statements()).hasSize(2);
            }
        }
    }

    @Test
    void aFreestyleJobFillsInItsVariables(JenkinsRule jenkins) throws Exception {
        try (Laboratory laboratory = new Laboratory(jenkins, folder)) {
            FreeStyleProject job = jenkins.createFreeStyleProject("shop");
            job.setAssignedNode(laboratory.agent("one", "one"));
            ImageBuildStep build = new ImageBuildStep(laboratory.host() + "/staging/$JOB_NAME:$BUILD_NUMBER");
            build.setBase("scratch");
            build.setFiles(List.of("app.txt:/app/"));
            ImageTestStep test = new ImageTestStep();
            test.setJunit(List.of("TEST-*.xml"));
            job.getBuildersList()
                    .add(
                            new Shell(
                                    "echo app > app.txt; echo '<testsuite tests=\"1\"><testcase name=\"b\"/></testsuite>' > TEST-a.xml"));
            job.getBuildersList().add(new ImageBuildBuilder(build));
            job.getBuildersList().add(new ImageTestBuilder(test));

            FreeStyleBuild run = jenkins.buildAndAssertSuccess(job);

            assertThat(LastImage.of(run).reference()).hasToString(laboratory.host() + "/staging/shop:1");
            assertThat(LastImage.of(run).statements()).hasSize(2);
        }
    }

    @Test
    void saysWhatIsWrongAndWhatToDo(JenkinsRule jenkins) throws Exception {
        try (Laboratory laboratory = new Laboratory(jenkins, folder)) {
            laboratory.agent("one", "one");
            Files.writeString(folder.resolve("secret"), "s3cr3t");
            RegistryEntry production = new RegistryEntry("prod.example.com");
            production.setRole(RegistryRole.PRODUCTION);
            AirworthyConfiguration.get().setRegistries(List.of(new RegistryEntry(laboratory.host()), production));

            assertFails(laboratory, jenkins, "imageBuild to: 'r.example.com/a:1', base: 'scratch'", "node");
            assertFails(laboratory, jenkins, "imageScan()", "imageScan: this run has no image yet");
            assertFails(
                    laboratory,
                    jenkins,
                    "node('one') {\n" + laboratory.buildVulnerable("1") + "}\nimageScan()",
                    "imageScan needs a workspace: put it inside `node");
            String build = "node('one') { imageBuild to: '" + laboratory.host()
                    + "/staging/app:1', base: '%s', files: ['%s'] }";
            assertFails(
                    laboratory,
                    jenkins,
                    build.formatted("scratch", folder.resolve("secret") + ":/app/"),
                    "on agent one: the file to copy '" + folder.resolve("secret") + "' is outside of the workspace");
            assertFails(laboratory, jenkins, build.formatted("", "a:/a"), "imageBuild: base is missing");
            assertFails(
                    laboratory,
                    jenkins,
                    build.formatted("scratch", "a:/a").replace("files:", "file:"),
                    "imageBuild: there is no parameter 'file': the step has base, buildArgs, builder, cacheFrom,");
            assertFails(
                    laboratory,
                    jenkins,
                    "node('one') { imageSign keys: 'release' }",
                    "imageSign: there is no parameter 'keys': the step has image, key");
            assertFails(
                    laboratory,
                    jenkins,
                    build.formatted("scratch", "").replace("['']", "[]"),
                    "imageBuild: no files are named and the base is scratch");
            assertFails(
                    laboratory,
                    jenkins,
                    build.formatted("scratch", "a:/a").replace(":1'", "'"),
                    "/staging/app' has no tag: name the tag that will point at the image");
            assertFails(
                    laboratory,
                    jenkins,
                    "node('one') { imageBuild to: 'internal.example.com/app:1', base: 'scratch', files: ['a:/a'] }",
                    "internal.example.com");
            assertFails(
                    laboratory,
                    jenkins,
                    "node('one') { imageBuild to: 'prod.example.com/app:1', base: 'scratch', files: ['a:/a'] }",
                    "is in a production registry, which only imagePromote writes to");
            assertFails(
                    laboratory,
                    jenkins,
                    "node('one') { imageTest image: '" + laboratory.host() + "/staging/app:1' }",
                    "imageTest: no tests are named");
            assertFails(
                    laboratory,
                    jenkins,
                    "node('one') { imageScan image: '" + laboratory.host() + "/staging/none:1' }",
                    "/staging/none:1 was not found");
        }
    }

    private static void assertFails(Laboratory laboratory, JenkinsRule jenkins, String script, String message)
            throws Exception {
        WorkflowRun run = laboratory.run(Result.FAILURE, script);
        jenkins.assertLogContains(message, run);
        jenkins.assertLogNotContains("\tat io.jenkins.plugins.airworthy", run);
    }
}
