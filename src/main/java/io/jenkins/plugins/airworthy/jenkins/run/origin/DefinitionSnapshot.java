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
 * The definition of a pipeline when its run was made from it, kept in the run's own file. It is read before and after: if the job
 * was saved in between, the definition of the run cannot be determined and counts as unknown. Later changes of the job have no
 * effect here.
 */
public final class DefinitionSnapshot extends InvisibleAction {
    private final String definition;
    private volatile boolean steady;
    private volatile String settings = "";
    private volatile String scriptPath = "";
    private volatile boolean lightweight;
    private volatile String scriptDoubt = "";
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

    /**
     * Takes the second snapshot, when the run has its script but has not started it.
     *
     * @param script its text
     */
    void confirm(Run<?, ?> run, String script) throws InterruptedException {
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
            scriptDoubt = scriptDoubt(run, scm, script);
        }
        if (source != null) {
            branch = BranchRevision.of(run, source);
        }
        steady = true;
    }

    /** A checkout before the script begins is the controller's own, also if a lightweight one was asked for. */
    private String scriptDoubt(Run<?, ?> run, SCM scm, String script) throws InterruptedException {
        Optional<Checkout> checkout = RunSource.definitionCheckout(run, this)
                .filter(each -> each.doubt().isEmpty());
        return checkout.isEmpty()
                ? ""
                : CommittedScript.doubt(run, scm, scriptPath, checkout.get().revision(), script)
                        .orElse("");
    }

    /** Why the checkout that the controller made is not the script's source; absent if it is, or if there was none. */
    Optional<String> scriptDoubt() {
        return Optional.ofNullable(scriptDoubt).filter(why -> !why.isEmpty());
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

    /** Whether the controller read the script without a checkout, so that its revision is not known. */
    boolean isLightweight() {
        return lightweight;
    }

    /** The revision that the source of a multibranch project reported for the branch. */
    Optional<BranchRevision> branch() {
        return Optional.ofNullable(branch);
    }

    /** Takes the first snapshot, just before a pipeline is made from its job's definition. */
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
