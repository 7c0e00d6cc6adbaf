package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.Extension;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Queue;
import hudson.model.queue.CauseOfBlockage;
import hudson.model.queue.QueueTaskDispatcher;
import io.jenkins.plugins.airworthy.jenkins.config.TrustedAgents;
import jenkins.model.Jenkins;

/**
 * Reserves trusted agents for observations, and observations for trusted agents, regardless of the labels of jobs and nodes.
 */
@Extension
public final class TrustedNodeRule extends QueueTaskDispatcher {
    @Override
    public CauseOfBlockage canTake(Node node, Queue.BuildableItem item) {
        boolean trusted = TrustedAgents.current().isTrusted(node);
        boolean observation = item.task instanceof ObservationTask;
        if (trusted == observation) {
            return null;
        }
        return new Reserved(
                trusted
                        ? "‘" + node.getDisplayName() + "’ is a trusted agent of Airworthy, which tests and scans"
                                + " images and runs nothing else"
                        : "‘" + node.getDisplayName() + "’ is not a trusted agent of Airworthy");
    }

    /** Tasks that need no executor are assigned to a node without a call of the method above. */
    @Override
    public CauseOfBlockage canRun(Queue.Item item) {
        Label label = item.task instanceof Queue.FlyweightTask ? item.getAssignedLabel() : null;
        if (label == null) {
            return null;
        }
        TrustedAgents trusted = TrustedAgents.current();
        for (Node node : Jenkins.get().getNodes()) {
            if (trusted.isTrusted(node) && label.contains(node)) {
                return new Reserved("‘" + label.getExpression() + "’ could mean ‘" + node.getDisplayName()
                        + "’, a trusted agent of Airworthy: choose another label");
            }
        }
        return null;
    }

    private static final class Reserved extends CauseOfBlockage {
        private final String reason;

        Reserved(String reason) {
            this.reason = reason;
        }

        @Override
        public String getShortDescription() {
            return reason;
        }
    }
}
