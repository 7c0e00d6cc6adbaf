package io.jenkins.plugins.airworthy.jenkins.step;

import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousResumeNotSupportedException;

import java.io.PrintWriter;

/**
 * The controller was restarted while a step was at work or waited for an agent. It is of the kind by which {@code retry} knows that a
 * step may be done again.
 */
final class RestartedException extends SynchronousResumeNotSupportedException {
    private static final long serialVersionUID = 1;

    private final String step;

    RestartedException(String step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    public String getMessage() {
        return step
                + ": the controller was restarted while this step was at work or waited for an agent. It left nothing half"
                + " done: run the build again. A pipeline does the step again by itself inside"
                + " `retry(conditions: [nonresumable()], count: 2) { … }`";
    }

    /** What a build's log shows: there is nothing to find in a stack. */
    @Override
    public void printStackTrace(PrintWriter writer) {
        writer.println("ERROR: " + getMessage());
    }
}
