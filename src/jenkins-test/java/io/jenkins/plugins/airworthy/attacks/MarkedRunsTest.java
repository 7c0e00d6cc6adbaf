package io.jenkins.plugins.airworthy.attacks;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.airworthy.jenkins.config.PolicyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.key.KeyEntry;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.step.GateSetup;
import io.jenkins.plugins.airworthy.jenkins.step.ImagePromoteStep;
import io.jenkins.plugins.airworthy.jenkins.step.freestyle.ImagePromoteBuilder;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Row 13: unreviewed instructions ask for the release key, and for the production tag. */
@WithJenkins
class MarkedRunsTest {
    @TempDir
    Path folder;

    @Test
    void refusesReleaseKeyToInlinePipeline(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            KeyEntry release = GateSetup.key("release");
            release.setAccepts(List.of(RunKind.REPLAYED));
            GateSetup.offerKeys(release);

            WorkflowRun run =
                    setup.run(Result.FAILURE, "node {\n" + setup.build("shop:1", "x") + "imageSign key: 'release'\n}");

            jenkins.assertLogContains(
                    "imageSign: key 'release' does not sign images, provenance, test results of a run of a script typed into"
                            + " the job",
                    run);
            jenkins.assertLogContains("let it accept 'A run of a script typed into the job' (INLINE in code)", run);
        }
    }

    @Test
    void refusesPromotionByMarkedRunUntilThePolicyAcceptsIt(JenkinsRule jenkins) throws Exception {
        try (GateSetup setup = new GateSetup(jenkins, folder)) {
            String promote =
                    "imagePromote image: '" + setup.host() + "/staging/shop:1', to: '" + setup.host() + "/prod/shop:1'";
            setup.run(Result.SUCCESS, "node {\n" + setup.build("shop:1", "good") + "imageSign()\n}");
            accept(setup);
            WorkflowRun inline = setup.run(Result.FAILURE, promote);
            refused(jenkins, setup, inline, RunKind.INLINE, "keep it in source control");

            FreeStyleProject freestyle = jenkins.createFreeStyleProject();
            ImagePromoteStep step = new ImagePromoteStep(setup.host() + "/prod/shop:1");
            step.setImage(setup.host() + "/staging/shop:1");
            freestyle.getBuildersList().add(new ImagePromoteBuilder(step));
            refused(
                    jenkins,
                    setup,
                    jenkins.buildAndAssertStatus(Result.FAILURE, freestyle),
                    RunKind.FREESTYLE,
                    "it is a freestyle job");

            // A run that may verify by the policy still gets its verdict.
            WorkflowRun verified = setup.run(
                    Result.SUCCESS,
                    "echo \"told ${imageVerify(image: '" + setup.host() + "/staging/shop:1').decision}\"");
            jenkins.assertLogContains("told PASSED", verified);

            accept(setup, RunKind.INLINE);
            WorkflowRun accepted = setup.run(Result.SUCCESS, "echo 'nothing yet'");
            accepted.getAction(ReplayAction.class).run2(promote, Map.of(), false);
            jenkins.waitUntilNoActivity();
            WorkflowRun replayed = accepted.getParent().getLastBuild();
            jenkins.assertBuildStatus(Result.FAILURE, replayed);
            refused(jenkins, setup, replayed, RunKind.REPLAYED, "start the job anew");

            setup.run(Result.SUCCESS, promote);
            assertThat(setup.at("prod/shop:1")).isPresent().isEqualTo(setup.at("staging/shop:1"));
        }
    }

    private static void accept(GateSetup setup, RunKind... kinds) {
        PolicyEntry policy = setup.policy("production");
        policy.setAccepts(List.of(kinds));
        GateSetup.offerPolicies(policy);
    }

    private static void refused(JenkinsRule jenkins, GateSetup setup, Run<?, ?> run, RunKind kind, String advice)
            throws Exception {
        jenkins.assertLogContains("policy 'production' does not let " + kind.meaning() + " promote images", run);
        jenkins.assertLogContains("let it accept " + kind.setting(), run);
        jenkins.assertLogContains(advice, run);
        setup.assertNothingPromoted("shop:1");
    }
}
