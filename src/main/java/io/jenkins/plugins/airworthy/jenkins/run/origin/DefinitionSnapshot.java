package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.Extension;
import hudson.model.InvisibleAction;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import hudson.scm.SCM;
import jenkins.scm.api.SCMSource;

import java.util.Optional;

/**
 * What the definition of a pipeline was when its run was made from it, kept in the run's own file. It is looked at before and
 * after: if somebody saved the job in between, nobody can tell which definition the run has, and it counts as unknown. Later
 * changes of the job change nothing here.
 */
public final class DefinitionSnapshot extends InvisibleAction {
    private final String definition;
    private volatile boolean steady;
    private volatile String settings = "";
    private volatile String scriptPath = "";
    private volatile boolean lightweight;
    private volatile BranchRevision branch;

    // Compared by identity, because every save of a job makes new ones; gone after a restart, which then counts as
    // unknown.
    private final transient Object seenDefinition;
    private final transient Object seenSource;

    private DefinitionSnapshot(Object definition, SCMSource source) {
        this.definition = definition == null ? "" : definition.getClass().getName();
        this.seenDefinition = definition;
        this.seenSource = source;
    }

    static Optional<DefinitionSnapshot> find(Run<?, ?> run) {
        return Optional.ofNullable(run.getAction(DefinitionSnapshot.class));
    }

    /** The second look, when the run has its script and has not begun to follow it. */
    void confirm(Run<?, ?> run) {
        Object now = PipelineDefinition.of(run);
        SCMSource source = SCMSource.SourceByItem.findSource(run.getParent());
        if (seenDefinition == null || now != seenDefinition || source != seenSource) {
            return;
        }
        if (definition.equals(RunClassifier.FROM_SCM)) {
            SCM scm = PipelineDefinition.scmOf(now);
            settings = ScmSettings.digest(scm);
            scriptPath = PipelineDefinition.scriptPathOf(now);
            lightweight = PipelineDefinition.isLightweight(now);
        }
        if (source != null) {
            branch = BranchRevision.of(run, source);
        }
        steady = true;
    }

    /** The type of the definition. */
    String definition() {
        return definition;
    }

    boolean isSteady() {
        return steady;
    }

    /** {@link ScmSettings#digest} of the definition's source control; empty when it has none of its own. */
    String settings() {
        return settings;
    }

    String scriptPath() {
        return scriptPath;
    }

    /** Whether the controller read the script without a checkout, so that nothing tells the revision it read. */
    boolean isLightweight() {
        return lightweight;
    }

    /** For a branch of a multibranch project: what its source told. */
    Optional<BranchRevision> branch() {
        return Optional.ofNullable(branch);
    }

    /** Takes the first look, just before a pipeline is made from its job's definition. */
    @Extension
    @SuppressWarnings("rawtypes") // as Jenkins declares it
    public static final class Listener extends RunListener<Run> {
        @Override
        public void onStarted(Run run, TaskListener listener) {
            if (run.getClass().getName().equals(RunClassifier.PIPELINE)) {
                Job<?, ?> job = run.getParent();
                run.addAction(
                        new DefinitionSnapshot(PipelineDefinition.of(run), SCMSource.SourceByItem.findSource(job)));
            }
        }
    }
}
