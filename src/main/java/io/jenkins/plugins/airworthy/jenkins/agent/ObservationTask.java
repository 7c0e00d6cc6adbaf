package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.model.Item;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

import java.util.concurrent.CompletableFuture;

/**
 * An observation of an image that waits for a trusted agent and runs there: a separate task, without workspace and with only the
 * image's name from the job. It is not kept across a restart of the controller, and neither is the step that waits for it. The
 * permissions to see or stop it are those of the job. It still starts when Jenkins prepares to shut down: the step
 * that waits for it would hold up the shutdown, and the shutdown would hold it up. Jenkins shows it in the queue, on pages and to
 * clients of its API.
 */
@ExportedBean(defaultVisibility = 999)
public final class ObservationTask implements Queue.TransientTask, Queue.NonBlockingTask, AccessControlled {
    private final Run<?, ?> run;
    private final String title;
    private final Label label;
    private final Observation work;
    private final CompletableFuture<ObservationDispatcher.Seen> result = new CompletableFuture<>();

    /** The work, chosen once the agent is known. */
    interface Observation {
        JsonObject on(Agent agent, Node node) throws AirworthyException, InterruptedException;
    }

    /**
     * A task for one of the nodes of the label.
     *
     * @param title for people, for example {@code Scan}
     */
    ObservationTask(Run<?, ?> run, String title, Label label, Observation work) {
        this.run = run;
        this.title = title;
        this.label = label;
        this.work = work;
    }

    CompletableFuture<ObservationDispatcher.Seen> result() {
        return result;
    }

    @Override
    public Label getAssignedLabel() {
        return label;
    }

    @Override
    public Queue.Executable createExecutable() {
        return new ObservationExecutable(this, work, result);
    }

    @Override
    public boolean isConcurrentBuild() {
        return true;
    }

    Run<?, ?> run() {
        return run;
    }

    @Override
    @Exported
    public String getName() {
        return getDisplayName();
    }

    @Override
    public String getDisplayName() {
        return title + " for " + run.getFullDisplayName();
    }

    @Override
    @Exported
    public String getFullDisplayName() {
        return getDisplayName();
    }

    @Override
    @Exported
    public String getUrl() {
        return run.getUrl();
    }

    @Override
    public ACL getACL() {
        return run.getParent().getACL();
    }

    @Override
    public boolean hasAbortPermission() {
        return hasPermission(Item.CANCEL);
    }

    @Override
    public void checkAbortPermission() {
        checkPermission(Item.CANCEL);
    }
}
