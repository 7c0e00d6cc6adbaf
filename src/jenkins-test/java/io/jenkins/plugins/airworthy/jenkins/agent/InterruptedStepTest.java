package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.airworthy.jenkins.run.LastImage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** What remains of a step that is stopped in the middle. */
@WithJenkins
class InterruptedStepTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void aStoppedBuildEndsTheScannerOnItsAgent(JenkinsRule jenkins) throws Exception {
        try (Laboratory laboratory = new Laboratory(jenkins, folder)) {
            Path pid = laboratory.scanWithSleeper();
            laboratory.agent("one", "one");
            WorkflowRun run = laboratory.start("node('one') { " + laboratory.buildVulnerable("1") + " imageScan() }");
            ProcessHandle scanner = await(pid);

            run.doStop();

            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            scanner.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(LastImage.of(run).statements()).hasSize(1);
        }
    }

    @Test
    void aStoppedBuildEndsTheScannerOnATrustedAgent(JenkinsRule jenkins) throws Exception {
        try (Laboratory laboratory = new Laboratory(jenkins, folder)) {
            Path pid = laboratory.scanWithSleeper();
            laboratory.agent("one", "one");
            DumbSlave trusted = laboratory.agent("trusted", "");
            laboratory.trust("trusted");
            WorkflowRun run = laboratory.start("node('one') { " + laboratory.buildVulnerable("1") + " }\nimageScan()");
            ProcessHandle scanner = await(pid);

            run.doStop();

            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            scanner.onExit().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            jenkins.waitUntilNoActivity();
            assertThat(trusted.toComputer().isIdle()).isTrue();
        }
    }

    @Test
    void anAgentThatDisconnectsIsNamed(JenkinsRule jenkins) throws Exception {
        try (Laboratory laboratory = new Laboratory(jenkins, folder)) {
            Path pid = laboratory.scanWithSleeper();
            laboratory.agent("one", "one");
            DumbSlave trusted = laboratory.agent("trusted", "");
            laboratory.trust("trusted");
            WorkflowRun run = laboratory.start("node('one') { " + laboratory.buildVulnerable("1") + " }\nimageScan()");
            await(pid);

            trusted.toComputer().disconnect(new OfflineCause.ByCLI("test")).get();

            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("imageScan: agent trusted was disconnected in the middle of the work", run);
            assertThat(LastImage.of(run).statements()).hasSize(1);
        }
    }

    /** The scanner, once it runs. */
    private static ProcessHandle await(Path pid) throws Exception {
        long deadline = System.nanoTime() + LIMIT.multipliedBy(2).toNanos();
        while (!Files.exists(pid)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    }
}
