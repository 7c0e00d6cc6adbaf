package io.jenkins.plugins.airworthy.jenkins.run.origin;

import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;

import java.util.EnumSet;
import java.util.Set;

/**
 * Determines the kinds of a run from names of types, because the plugins of these types may not be installed. If any part of a
 * run is not known, its kind is unknown.
 *
 * @param run the type of the run
 * @param definition the type of the job's definition when the run began; empty when it has none
 * @param steady whether the definition was the same before and after the run was made from it
 * @param causes all types of all causes
 * @param actions all types of all actions
 * @param changeRequest whether the branch is a change request
 */
record RunClassifier(
        String run, String definition, boolean steady, Set<String> causes, Set<String> actions, boolean changeRequest) {
    static final String FREESTYLE = "hudson.model.FreeStyleBuild";
    static final String PIPELINE = "org.jenkinsci.plugins.workflow.job.WorkflowRun";

    static final String INLINE = "org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition";
    static final String FROM_SCM = "org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition";
    static final String BRANCH = "org.jenkinsci.plugins.workflow.multibranch.SCMBinder";

    static final String REPLAY_CAUSE = "org.jenkinsci.plugins.workflow.cps.replay.ReplayCause";
    static final String REPLAY_ACTION = "org.jenkinsci.plugins.workflow.cps.replay.ReplayFlowFactoryAction";
    static final String RESTART_CAUSE =
            "org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause";
    static final String RESTART_ACTION =
            "org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartFlowFactoryAction";

    /** Types that replace the script of the definition. */
    private static final Set<String> OTHER_SCRIPT = Set.of(
            "org.jenkinsci.plugins.workflow.cps.CpsFlowFactoryAction",
            "org.jenkinsci.plugins.workflow.cps.CpsFlowFactoryAction2");

    RunClassifier {
        causes = Set.copyOf(causes);
        actions = Set.copyOf(actions);
    }

    Set<RunKind> kinds() {
        Set<RunKind> kinds = EnumSet.of(kindOfDefinition());
        boolean replayed = causes.contains(REPLAY_CAUSE) || actions.contains(REPLAY_ACTION);
        boolean restarted = causes.contains(RESTART_CAUSE) || actions.contains(RESTART_ACTION);
        if (replayed) {
            kinds.add(RunKind.REPLAYED);
        }
        if (restarted) {
            kinds.add(RunKind.RESTARTED);
        }
        if (!replayed && !restarted && actions.stream().anyMatch(OTHER_SCRIPT::contains)) {
            kinds.add(RunKind.UNKNOWN);
        }
        if (changeRequest) {
            kinds.add(RunKind.CHANGE_REQUEST);
        }
        return kinds;
    }

    private RunKind kindOfDefinition() {
        if (run.equals(FREESTYLE)) {
            return RunKind.FREESTYLE;
        }
        if (!run.equals(PIPELINE) || !steady) {
            return RunKind.UNKNOWN;
        }
        return switch (definition) {
            case INLINE -> RunKind.INLINE;
            case FROM_SCM -> RunKind.PIPELINE_FROM_SCM;
            case BRANCH -> RunKind.MULTIBRANCH;
            default -> RunKind.UNKNOWN;
        };
    }
}
