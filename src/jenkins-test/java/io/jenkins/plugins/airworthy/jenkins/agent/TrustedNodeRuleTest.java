package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.Queue;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.jenkins.config.AirworthyConfiguration;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may run where. */
@WithJenkins
class TrustedNodeRuleTest {
    private static final JsonObject NOTHING = new JsonObject("nothing", "", StrictJson.object());

    @Test
    void aTrustedAgentRunsNothingButObservationsWhateverLabelIsAskedFor(JenkinsRule jenkins) throws Exception {
        jenkins.createSlave("trusted", "linux", null);
        jenkins.waitOnline((DumbSlave) Jenkins.get().getNode("trusted"));
        AirworthyConfiguration.get().setTrustedAgents(List.of("trusted"));
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class);
        pipeline.setDefinition(new CpsFlowDefinition("node('trusted') { echo 'I am in' }", true));
        FreeStyleProject freestyle = jenkins.createFreeStyleProject();
        freestyle.setAssignedLabel(Label.get("linux"));
        FreeStyleProject anywhere = jenkins.createFreeStyleProject();

        WorkflowRun run = pipeline.scheduleBuild2(0).waitForStart();
        Queue.Item blocked = freestyle.scheduleBuild2(0) == null ? null : freestyle.getQueueItem();
        jenkins.waitForMessage("is a trusted agent of Airworthy, which tests and scans", run);

        assertThat(jenkins.buildAndAssertSuccess(anywhere).getBuiltOn()).isEqualTo(Jenkins.get());
        assertThat(blocked).isNotNull();
        assertThat(freestyle.getQueueItem().getWhy()).contains("‘trusted’ is a trusted agent of Airworthy");
        jenkins.assertLogNotContains("I am in", run);
        Jenkins.get().getQueue().cancel(freestyle);
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    @Test
    void aTaskWithoutExecutorIsHeldBackWhereItsLabelCouldMeanATrustedAgent(JenkinsRule jenkins) throws Exception {
        jenkins.createSlave("trusted", "linux", null);
        jenkins.waitOnline((DumbSlave) Jenkins.get().getNode("trusted"));
        AirworthyConfiguration.get().setTrustedAgents(List.of("trusted"));
        Flyweight task = new Flyweight(Label.get("linux"));

        Queue.Item item = Jenkins.get().getQueue().schedule2(task, 0).getItem();
        Jenkins.get().getQueue().scheduleMaintenance().get();

        assertThat(Jenkins.get().getQueue().getItem(item.getId()).getWhy())
                .contains("‘linux’ could mean ‘trusted’, a trusted agent of Airworthy");
        AirworthyConfiguration.get().setTrustedAgents(List.of());
        item.getFuture().get(1, TimeUnit.MINUTES);
    }

    /** As the parent of a matrix job is one. */
    private record Flyweight(Label label) implements Queue.FlyweightTask, Queue.TransientTask {
        @Override
        public Label getAssignedLabel() {
            return label;
        }

        @Override
        public String getName() {
            return "flyweight";
        }

        @Override
        public String getDisplayName() {
            return getName();
        }

        @Override
        public String getFullDisplayName() {
            return getName();
        }

        @Override
        public String getUrl() {
            return "";
        }

        @Override
        public Queue.Executable createExecutable() {
            return new Queue.Executable() {
                @Override
                public Flyweight getParent() {
                    return Flyweight.this;
                }

                @Override
                public void run() {}
            };
        }
    }

    @Test
    void anAgentThatGivesItselfTheTrustedLabelIsNotTrusted(JenkinsRule jenkins) throws Exception {
        jenkins.createSlave("impostor", "trusted", null);
        jenkins.waitOnline((DumbSlave) Jenkins.get().getNode("impostor"));
        AirworthyConfiguration.get().setTrustedAgents(List.of("trusted"));
        FreeStyleProject job = jenkins.createFreeStyleProject();
        ObservationTask task = new ObservationTask(
                jenkins.buildAndAssertSuccess(job), "scan of an image", Label.get("trusted"), (agent, node) -> NOTHING);

        Queue.Item item = Jenkins.get().getQueue().schedule2(task, 0).getItem();
        Jenkins.get().getQueue().scheduleMaintenance().get();

        assertThat(item.getFuture().isDone()).isFalse();
        assertThat(Jenkins.get().getQueue().getItem(item.getId()).getWhy())
                .contains("‘impostor’ is not a trusted agent of Airworthy");
        jenkins.createSlave("trusted", null, null);
        jenkins.waitOnline((DumbSlave) Jenkins.get().getNode("trusted"));
        item.getFuture().get(1, TimeUnit.MINUTES);
        assertThat(task.result().get(1, TimeUnit.MINUTES).agent()).isEqualTo("trusted");
    }
}
