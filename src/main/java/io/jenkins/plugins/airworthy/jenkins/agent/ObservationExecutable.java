package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.model.Computer;
import hudson.model.Executor;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.jenkins.config.TrustedAgents;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

import java.util.concurrent.CompletableFuture;

/**
 * Runs an {@link ObservationTask} on an executor. Refuses every node that the administrator did not name. Jenkins
 * shows it on pages and to clients of its API.
 */
@ExportedBean(defaultVisibility = 999)
public final class ObservationExecutable implements Queue.Executable, AccessControlled {
    private final ObservationTask task;
    private final ObservationTask.Observation work;
    private final CompletableFuture<ObservationDispatcher.Seen> result;

    ObservationExecutable(
            ObservationTask task,
            ObservationTask.Observation work,
            CompletableFuture<ObservationDispatcher.Seen> result) {
        this.task = task;
        this.work = work;
        this.result = result;
    }

    @Override
    public ObservationTask getParent() {
        return task;
    }

    @Override
    public void run() {
        try {
            Agent agent = Agent.of(node());
            result.complete(
                    new ObservationDispatcher.Seen(work.on(agent, node()), Observer.TRUSTED_AGENT, agent.name()));
        } catch (AirworthyException | RuntimeException failure) {
            result.completeExceptionally(failure);
        } catch (InterruptedException stopped) {
            result.completeExceptionally(stopped); // for the waiting thread; the executor itself is done
        }
    }

    /** The number of the run that waits for this. */
    @Exported
    public int getNumber() {
        return task.run().getNumber();
    }

    @Exported
    public String getDisplayName() {
        return task.run().getDisplayName();
    }

    @Exported
    public String getFullDisplayName() {
        return task.getFullDisplayName();
    }

    @Exported
    public String getUrl() {
        return task.getUrl();
    }

    @Override
    public ACL getACL() {
        return task.getACL();
    }

    private static Node node() throws UndecidedException {
        Executor executor = Executor.currentExecutor();
        Computer computer = executor == null ? null : executor.getOwner();
        Node node = computer == null ? null : computer.getNode();
        if (node == null || !TrustedAgents.current().isTrusted(node)) {
            throw new UndecidedException(
                    "the node that was chosen to observe the image is not a trusted agent: run the build again");
        }
        return node;
    }

    @Override
    public String toString() {
        return task.getDisplayName();
    }
}
