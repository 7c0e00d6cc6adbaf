package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.Extension;
import hudson.model.Queue;
import hudson.model.Run;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionListener;

import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Takes the second snapshot of a pipeline's definition. It is loaded only if the Pipeline plugins are installed. */
@Extension(optional = true)
public final class DefinitionListener extends FlowExecutionListener {
    private static final Logger LOGGER = Logger.getLogger(DefinitionListener.class.getName());

    @Override
    public void onCreated(FlowExecution execution) {
        try {
            Queue.Executable executable = execution.getOwner().getExecutable();
            if (executable instanceof Run<?, ?> run) {
                Optional<DefinitionSnapshot> trace = DefinitionSnapshot.find(run);
                if (trace.isPresent()) {
                    trace.get().confirm(run, PipelineDefinition.scriptOf(execution));
                    run.save();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt(); // this run's instructions stay unknown
        } catch (IOException | RuntimeException e) {
            // Another plugin's source may fail here, but its pipelines must run; this run's instructions stay unknown.
            LOGGER.log(Level.WARNING, "The definition of a pipeline could not be confirmed", e);
        }
    }
}
