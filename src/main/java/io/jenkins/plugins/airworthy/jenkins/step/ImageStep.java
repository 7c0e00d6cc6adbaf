package io.jenkins.plugins.airworthy.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/** The base of all steps: settings from a Jenkinsfile or a form, and the work that uses them. */
public abstract class ImageStep extends Step {
    /**
     * Does the step's work, on a thread that may be interrupted and may wait.
     *
     * @return what the step returns to a pipeline
     */
    protected abstract Serializable work(StepEnvironment place)
            throws AirworthyException, IOException, InterruptedException;

    @Override
    public final StepExecution start(StepContext context) {
        return new ImageStepExecution(this, context);
    }

    /** The descriptor of a step: its name in a Jenkinsfile, and that it needs a run and its log. */
    public abstract static class ImageStepDescriptor extends StepDescriptor {
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return needsWorkspace()
                    ? Set.of(Run.class, TaskListener.class, EnvVars.class, FilePath.class)
                    : Set.of(Run.class, TaskListener.class);
        }

        /**
         * Refuses arguments that the step does not have, in one line. Jenkins offers another way for this (of the plugin structs), but
         * it prints a stack trace.
         */
        @Override
        @SuppressWarnings("deprecation") // see above; Jenkins calls it for every step that has it
        public final Step newInstance(Map<String, Object> arguments) throws Exception {
            try {
                StepParameters.of(getFunctionName(), clazz).requireKnown(arguments.keySet());
            } catch (InvalidInputException e) {
                throw new AbortException(e.getMessage());
            }
            return super.newInstance(arguments);
        }

        /** Whether the step must be inside a node. */
        public abstract boolean needsWorkspace();
    }
}
