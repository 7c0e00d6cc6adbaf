package io.jenkins.plugins.airworthy.jenkins.step;

import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousResumeNotSupportedException;

import java.io.PrintWriter;

/**
 * Says that the controller was restarted while a step was running or waiting for an agent. By its type {@code retry} knows that
 * the step may be repeated.
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

    /** The text for a build's log: a stack trace would not help. */
    @Override
    public void printStackTrace(PrintWriter writer) {
        writer.println("ERROR: " + getMessage());
    }
}
