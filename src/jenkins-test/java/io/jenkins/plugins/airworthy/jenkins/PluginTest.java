package io.jenkins.plugins.airworthy.jenkins;

import hudson.model.Result;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

import static org.assertj.core.api.Assertions.assertThat;

/** The plugin in a Jenkins. */
@WithJenkins
class PluginTest {
    @Test
    void isActive(JenkinsRule jenkins) {
        assertThat(jenkins.getPluginManager().getPlugin("airworthy").isActive()).isTrue();
        assertThat(jenkins.getPluginManager().getFailedPlugins()).isEmpty();
    }

    @Test
    void leavesOtherStepsOfAPipelineAlone(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node { echo 'as before' }", true));
        jenkins.assertLogContains("as before", jenkins.buildAndAssertStatus(Result.SUCCESS, job));
    }
}
