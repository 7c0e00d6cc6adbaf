package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A machine that work can be sent to. Every error on the way becomes a failure that names the machine. */
record Agent(String name, VirtualChannel channel) {
    private static final Logger LOGGER = Logger.getLogger(Agent.class.getName());
    private static final String BUILT_IN = "built-in";

    /** The machine of a node that is connected. */
    static Agent of(Node node) throws UndecidedException {
        VirtualChannel channel = node.getChannel();
        if (channel == null) {
            throw new UndecidedException("agent " + name(node) + " is not connected: run the build again when it is");
        }
        return new Agent(name(node), channel);
    }

    /** The machine that a workspace is on. */
    static Agent of(FilePath workspace) throws UndecidedException {
        return of(nodeOf(workspace));
    }

    static Node nodeOf(FilePath workspace) throws UndecidedException {
        Computer computer = workspace.toComputer();
        Node node = computer == null ? null : computer.getNode();
        if (node == null) {
            throw new UndecidedException(
                    "the agent of the workspace is gone: run the build again when it is connected");
        }
        return node;
    }

    static String name(Node node) {
        return node.getNodeName().isEmpty() ? BUILT_IN : node.getNodeName();
    }

    /** Sends work and waits for its answer. Interrupting the waiting thread ends the work, too. */
    JsonObject ask(AgentWork work, TaskListener listener) throws AirworthyException, InterruptedException {
        return AgentAnswer.read(call(new AgentCall(work, listener)), name);
    }

    /** A manipulated agent may return anything; the reader of the answer checks its type. */
    private Object call(AgentCall call) throws AirworthyException, InterruptedException {
        try {
            Object returned = channel.call(call);
            return returned;
        } catch (ChannelClosedException | RequestAbortedException e) {
            LOGGER.log(Level.FINE, e, () -> "lost agent " + name);
            throw new UndecidedException(
                    "agent " + name + " was disconnected in the middle of the work: nothing of it counts."
                            + " Run the build again when the agent is back",
                    e);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "the work on agent " + name + " broke off");
            throw new UndecidedException(
                    "the work on agent " + name + " broke off (" + e.getClass().getSimpleName()
                            + "): nothing of it counts. The log of the controller has the details",
                    e);
        }
    }
}
