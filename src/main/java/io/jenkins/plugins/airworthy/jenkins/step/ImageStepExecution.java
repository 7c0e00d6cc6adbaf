package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.run.place.LogProgress;
import io.jenkins.plugins.airworthy.jenkins.run.place.ParallelPath;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousNonBlockingStepExecution;

import java.io.IOException;
import java.io.Serializable;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Runs a step's work off the pipeline's own thread. Stopping the build interrupts it. A step that was at work, or waited for an agent,
 * when the controller stopped fails when the run is resumed: what it did is either whole or not there, so doing it again is safe.
 */
public final class ImageStepExecution extends SynchronousNonBlockingStepExecution<Serializable> {
    private static final long serialVersionUID = 1;

    // The step is not serializable, and after a restart it is not needed.
    private final transient ImageStep step;
    private final String name;

    ImageStepExecution(ImageStep step, StepContext context) {
        super(context);
        this.step = step;
        this.name = step.getDescriptor().getFunctionName();
    }

    @Override
    protected Serializable run() throws Exception {
        return perform(getContext(), name, step::work);
    }

    /** The work of a step, at its place. */
    @FunctionalInterface
    interface Work {
        Serializable at(StepEnvironment place) throws AirworthyException, IOException, InterruptedException;
    }

    /** Does work where a step of a pipeline is. */
    static Serializable perform(StepContext context, String name, Work work) throws IOException {
        try {
            return perform(work, name, place(context, name));
        } catch (InterruptedException stopped) {
            // Jenkins knows why, and prints a stack of anything else. The thread goes back to its pool, which clears
            // its mark.
            throw new AbortException(name + ": was stopped before its end. It left nothing half done.");
        }
    }

    private static StepEnvironment place(StepContext context, String name) throws IOException, InterruptedException {
        TaskListener listener = context.get(TaskListener.class);
        EnvVars env = context.get(EnvVars.class);
        return new StepEnvironment(
                context.get(Run.class),
                path(context, name),
                listener,
                Optional.ofNullable(context.get(FilePath.class)),
                env == null ? new EnvVars() : env,
                new LogProgress(listener, InstantSource.system()));
    }

    private static ParallelPath path(StepContext context, String name) throws IOException, InterruptedException {
        try {
            return EnclosingBranches.of(context);
        } catch (AirworthyException failure) {
            throw new AbortException(name + ": " + failure.getMessage());
        }
    }

    /** Does a step's work in a build that is not a pipeline's. */
    public static Serializable perform(ImageStep step, String name, StepEnvironment place)
            throws IOException, InterruptedException {
        return perform(step::work, name, place);
    }

    /** The one place where an error of the engine becomes one of Jenkins: a message for the log, and no stack trace. */
    private static Serializable perform(Work work, String name, StepEnvironment place)
            throws IOException, InterruptedException {
        try {
            return work.at(place);
        } catch (AirworthyException failure) {
            throw new AbortException(name + ": " + failure.getMessage());
        }
    }

    @Override
    public void onResume() {
        getContext().onFailure(new RestartedException(name, getContext()));
    }
}
