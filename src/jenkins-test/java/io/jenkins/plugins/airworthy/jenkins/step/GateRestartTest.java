package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.model.Result;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import io.jenkins.plugins.airworthy.jenkins.config.RegistryEntry;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A promotion that is stopped while it is at work. */
class GateRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path folder;

    @Test
    void failsClearlyAndPromotesNothingWhenTheControllerStopsInMidStep() throws Throwable {
        try (SilentRegistry silent = new SilentRegistry()) {
            sessions.then(jenkins -> {
                try (GateSetup setup = new GateSetup(jenkins, folder)) {
                    start(jenkins, setup, silent);
                }
            });
            sessions.then(jenkins -> {
                WorkflowRun run = jenkins.jenkins
                        .getItemByFullName("gate", WorkflowJob.class)
                        .getLastBuild();
                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
                jenkins.assertLogContains(
                        "imagePromote: the controller was restarted while this step was at work", run);
                jenkins.assertLogContains("retry(conditions: [nonresumable()]", run);
                jenkins.assertLogNotContains("\tat ", run);
                jenkins.assertLogNotContains("went on", run);
                assertThat(SignatureLog.current().last(10)).isEmpty();
            });
        }
    }

    /** Pipeline's own way to do a step again that cannot go on. */
    @Test
    void isDoneAgainWhereThePipelineAsksForIt() throws Throwable {
        try (SilentRegistry silent = new SilentRegistry()) {
            sessions.then(jenkins -> {
                try (GateSetup setup = new GateSetup(jenkins, folder)) {
                    start(jenkins, setup, silent, "retry(conditions: [nonresumable()], count: 2) { ", " }");
                }
            });
            sessions.then(jenkins -> {
                WorkflowRun run = jenkins.jenkins
                        .getItemByFullName("gate", WorkflowJob.class)
                        .getLastBuild();
                jenkins.waitForMessage("the controller was restarted while this step was at work", run);
                jenkins.waitForMessage("Retrying", run);
                run.doStop();
                jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
                jenkins.assertLogNotContains("\tat ", run);
            });
        }
    }

    @Test
    void endsAtOnceWhenTheBuildIsStopped() throws Throwable {
        try (SilentRegistry silent = new SilentRegistry()) {
            sessions.then(jenkins -> {
                try (GateSetup setup = new GateSetup(jenkins, folder)) {
                    WorkflowRun run = start(jenkins, setup, silent);
                    run.doStop();
                    jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
                    jenkins.assertLogNotContains("went on", run);
                    jenkins.assertLogNotContains("InterruptedException", run);
                    jenkins.assertLogContains("imagePromote: was stopped before its end", run);
                    setup.assertNothingPromoted("app:1");
                }
            });
        }
    }

    private static WorkflowRun start(JenkinsRule jenkins, GateSetup setup, SilentRegistry silent) throws Exception {
        return start(jenkins, setup, silent, "", "");
    }

    private static WorkflowRun start(
            JenkinsRule jenkins, GateSetup setup, SilentRegistry silent, String before, String after) throws Exception {
        AirworthyConfiguration.get()
                .setRegistries(List.of(new RegistryEntry(setup.host()), new RegistryEntry(silent.host())));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "gate");
        job.setDefinition(new CpsFlowDefinition(
                before + "imagePromote image: '" + silent.host() + "/staging/app:1', to: '" + setup.host()
                        + "/prod/app:1'" + after + "\necho 'went on'",
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        silent.awaitCall();
        return run;
    }
}
