package io.jenkins.plugins.airworthy.jenkins.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;

import java.io.Serializable;

/** Work for an agent. It contains everything that the agent receives, and ends when its thread is interrupted. */
interface AgentWork extends Serializable {
    /** Does the work on the agent and returns the answer. */
    ObjectNode run(Progress progress) throws AirworthyException, InterruptedException;
}
