package hudson.model.queue;

import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.ResourceActivity;
import jenkins.model.queue.ITask;

import java.io.IOException;

public interface SubTask extends ResourceActivity, ITask {
    @Override
    String getDisplayName();

    default Label getAssignedLabel() {
        return null;
    }

    default Node getLastBuiltOn() {
        return null;
    }

    default long getEstimatedDuration() {
        return -1;
    }

    Queue.Executable createExecutable() throws IOException;

    default Queue.Task getOwnerTask() {
        return (Queue.Task) this;
    }

    default Object getSameNodeConstraint() {
        return null;
    }
}
