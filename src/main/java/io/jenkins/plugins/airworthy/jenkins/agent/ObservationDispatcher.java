package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.FilePath;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.labels.LabelAtom;
import hudson.model.queue.QueueTaskFuture;
import hudson.model.queue.ScheduleResult;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.jenkins.config.TrustedAgents;
import io.jenkins.plugins.airworthy.jenkins.run.place.StepEnvironment;
import jenkins.model.Jenkins;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

/**
 * Chooses where images are observed: only on trusted agents if the administrator named any; otherwise on the agent of the build,
 * and the log and the statement say so.
 */
final class ObservationDispatcher {
    private final StepEnvironment place;
    private final String step;

    ObservationDispatcher(StepEnvironment place, String step) {
        this.place = place;
        this.step = step;
    }

    /** The work for a node; it has the build's workspace only on the build's own node. */
    interface WorkFor {
        AgentWork on(Node node, String workspace) throws AirworthyException, InterruptedException;
    }

    /** An answer, the machine that it comes from, and the kind of observer. */
    record Seen(JsonObject answer, Observer observer, String agent) {}

    /**
     * Sends the work to the right node and waits for the answer.
     *
     * @param title for people, for example {@code Scan}
     * @param image by digest
     */
    Seen observe(String title, String image, WorkFor work) throws AirworthyException, InterruptedException {
        String what = title.toLowerCase(Locale.ROOT) + " of " + image;
        TrustedAgents trusted = TrustedAgents.current();
        if (trusted.any()) {
            return onTrusted(trusted, title, what, work);
        }
        FilePath workspace = place.workspaceFor(step);
        Node node = Agent.nodeOf(workspace);
        Agent agent = Agent.of(node);
        place.progress()
                .say("No trusted agent is set up: the " + what + " is done on the build's own agent " + agent.name()
                        + ", and its statement says so");
        return new Seen(
                agent.ask(work.on(node, workspace.getRemote()), place.listener()), Observer.BUILD_AGENT, agent.name());
    }

    private Seen onTrusted(TrustedAgents trusted, String title, String what, WorkFor work)
            throws AirworthyException, InterruptedException {
        List<Node> nodes = new ArrayList<>();
        Label label = null;
        for (Node node : Jenkins.get().getNodes()) {
            if (trusted.isTrusted(node)) {
                nodes.add(node);
                LabelAtom own = node.getSelfLabel();
                label = label == null ? own : label.or(own);
            }
        }
        if (nodes.isEmpty()) {
            throw new UndecidedException("there is no agent with a name of the trusted agents " + trusted.names()
                    + ": an administrator has to add such a permanent agent, or correct the list");
        }
        place.progress()
                .say("Waiting for a trusted agent: "
                        + String.join(", ", nodes.stream().map(Agent::name).toList()));
        ObservationTask task = new ObservationTask(place.run(), title, label, (agent, node) -> {
            place.progress().say("The " + what + " is done on the trusted agent " + agent.name());
            return agent.ask(work.on(node, ""), place.listener());
        });
        return await(task, what);
    }

    private static Seen await(ObservationTask task, String what) throws AirworthyException, InterruptedException {
        ScheduleResult scheduled = Queue.getInstance().schedule2(task, 0);
        if (scheduled.isRefused()) {
            throw new UndecidedException("the " + what + " could not be put into the queue: run the build again");
        }
        QueueTaskFuture<Queue.Executable> future = scheduled.getItem().getFuture();
        try {
            future.get();
            if (!task.result().isDone()) {
                throw new UndecidedException("the " + what + " never began on the trusted agent: run the build again");
            }
            return task.result().get();
        } catch (InterruptedException stopped) {
            future.cancel(true);
            throw stopped;
        } catch (CancellationException e) {
            throw new UndecidedException("the " + what + " was taken out of the queue: run the build again", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AirworthyException failure) {
                throw failure;
            }
            throw new UndecidedException("the " + what + " was stopped on the trusted agent: run the build again", e);
        }
    }
}
