package io.jenkins.plugins.airworthy.jenkins.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;

import java.io.Serializable;

/** Work that an agent does. It holds all that the agent is told, and ends when its thread is interrupted. */
interface AgentWork extends Serializable {
    /** Done on the agent; what it returns is the answer. */
    ObjectNode run(Progress progress) throws AirworthyException, InterruptedException;
}
