package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Result;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import io.jenkins.plugins.airworthy.jenkins.run.record.ImageRecord;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Pipelines that build, test, sign and promote without naming what they built. */
@WithJenkins
class GateChainTest {
    @TempDir
    Path folder;

    @Test
    void aScriptedPipelinePromotesWhatItBuilt(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            WorkflowRun run = setup.run(
                    Result.SUCCESS,
                    "node {\n" + setup.build("shop:1", "good") + "def signed = imageSign()\n"
                            + "def seen = imageVerify target: '" + setup.host() + "/prod/shop:1'\n"
                            + "echo \"seen ${seen.passed} ${seen.promoted} ${seen.decision}\"\n"
                            + "def verdict = " + setup.promote("shop:1") + "\n"
                            + "echo \"told ${verdict.passed} ${verdict.promoted} ${verdict.policy} ${verdict.reference}\"\n"
                            + "for (item in verdict.items) { echo \"${item.status} ${item.id}: ${item.reason}\" }\n"
                            + "echo \"same ${verdict.digest == signed.digest} ${signed.signed.size()}\"\n"
                            + "}");

            Digest digest = setup.at("prod/shop:1").orElseThrow().digest();
            jenkins.assertLogContains("seen true false PASSED", run);
            jenkins.assertLogContains("told true true production " + setup.host() + "/prod/shop@" + digest, run);
            jenkins.assertLogContains("PASSED signature: signed by key release", run);
            jenkins.assertLogContains("same true 3", run);
            jenkins.assertLogContains("[airworthy] PASSED   " + setup.host() + "/staging/shop@" + digest + "\n", run);
            jenkins.assertLogContains("[airworthy]   passed   signature: signed by key release [sha256:", run);
            jenkins.assertLogContains("[airworthy] promoted " + setup.host() + "/prod/shop:1 at " + digest, run);
            assertThat(ImageRecord.of(run).verdicts()).hasSize(2).last().satisfies(verdict -> assertThat(
                            verdict.promotedTo())
                    .hasToString("Optional[" + setup.host() + "/prod/shop@" + digest + "]"));
            assertThat(SignatureLog.current().last(10))
                    .extracting(SignatureLog.Entry::digest)
                    .containsOnly(digest)
                    .hasSize(4);
        }
    }

    @Test
    void aDeclarativePipelineKeepsSeveralImagesApart(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            WorkflowRun run = setup.run(
                    Result.SUCCESS,
                    "pipeline {\n agent any\n stages {\n  stage('Make') { steps {\n"
                            + setup.build("one:1", "first") + "imageSign()\n" + setup.build("two:1", "second")
                            + "imageSign()\n"
                            + "} }\n stage('Promote') { parallel {\n"
                            + "stage('One') { steps { imagePromote image: '" + setup.host() + "/staging/one:1', to: '"
                            + setup.host() + "/prod/one:1' } }\n"
                            + "stage('Two') { steps { " + setup.promote("two:1") + " } }\n"
                            + "} }\n }\n}");

            assertThat(setup.at("prod/one:1")).isPresent().isEqualTo(setup.at("staging/one:1"));
            assertThat(setup.at("prod/two:1")).isPresent().isEqualTo(setup.at("staging/two:1"));
            assertThat(setup.at("prod/one:1")).isNotEqualTo(setup.at("prod/two:1"));
            assertThat(ImageRecord.of(run).verdicts())
                    .extracting(verdict -> verdict.promotedTo().isPresent())
                    .isEqualTo(List.of(true, true));
        }
    }
}
