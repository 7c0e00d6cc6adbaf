package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.model.Run;
import hudson.scm.SCM;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** All access to the Pipeline plugins' own types. Called only for objects whose type name shows that the plugins are installed. */
final class PipelineDefinition {
    private PipelineDefinition() {}

    /** The definition of a pipeline's job as it is now. */
    static Object of(Run<?, ?> run) {
        return ((WorkflowRun) run).getParent().getDefinition();
    }

    static SCM scmOf(Object definition) {
        return ((CpsScmFlowDefinition) definition).getScm();
    }

    static String scriptPathOf(Object definition) {
        return ((CpsScmFlowDefinition) definition).getScriptPath();
    }

    /** The text of the script that runs; empty for a pipeline without one. */
    static String scriptOf(FlowExecution execution) {
        return execution instanceof CpsFlowExecution scripted ? scripted.getScript() : "";
    }

    static boolean isLightweight(Object definition) {
        return ((CpsScmFlowDefinition) definition).isLightweight();
    }
}
