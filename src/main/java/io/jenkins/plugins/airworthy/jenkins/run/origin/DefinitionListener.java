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

/** Takes the second look at a pipeline's definition. It is there only where Pipeline is. */
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
                    trace.get().confirm(run);
                    run.save();
                }
            }
        } catch (IOException | RuntimeException e) {
            // Whatever another plugin's source does here, its pipelines must run; this one's instructions stay unknown.
            LOGGER.log(Level.WARNING, "What a pipeline was made from could not be told", e);
        }
    }
}
