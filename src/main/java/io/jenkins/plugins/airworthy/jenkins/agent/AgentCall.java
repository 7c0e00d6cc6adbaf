package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.model.TaskListener;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.run.place.LogProgress;
import jenkins.agents.ControllerToAgentCallable;

/** Sends work to an agent and returns its answer as bytes: the controller never deserialises an agent's objects. */
final class AgentCall implements ControllerToAgentCallable<byte[], InterruptedException> {
    private static final long serialVersionUID = 1;

    private final AgentWork work;
    private final TaskListener listener;

    AgentCall(AgentWork work, TaskListener listener) {
        this.work = work;
        this.listener = listener;
    }

    @Override
    public byte[] call() throws InterruptedException {
        try {
            return AgentAnswer.of(work.run(LogProgress.to(listener)));
        } catch (AirworthyException failure) {
            return AgentAnswer.of(failure);
        } finally {
            // Output that is still buffered here would appear after the controller's next lines.
            listener.getLogger().flush();
        }
    }
}
