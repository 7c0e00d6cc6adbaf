package io.jenkins.plugins.airworthy.jenkins.agent;

import hudson.model.TaskListener;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.run.place.LogProgress;
import jenkins.agents.ControllerToAgentCallable;

/** Carries work to an agent, and its answer back as bytes: no object of an agent is ever made on the controller. */
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
            // What a stream still keeps here would come after the lines that the controller says next.
            listener.getLogger().flush();
        }
    }
}
