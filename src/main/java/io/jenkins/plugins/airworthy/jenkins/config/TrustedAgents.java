package io.jenkins.plugins.airworthy.jenkins.config;

import hudson.model.Node;
import hudson.slaves.DumbSlave;

import java.util.List;

/**
 * The trusted agents. An agent is trusted if the administrator wrote its name into this plugin's own configuration and it is a
 * permanent agent: a label, which an agent can give itself, or a node that another plugin made under a listed name, never counts.
 */
public final class TrustedAgents {
    private final List<String> names;

    public TrustedAgents(List<String> names) {
        this.names = List.copyOf(names);
    }

    public static TrustedAgents current() {
        return new TrustedAgents(AirworthyConfiguration.get().getTrustedAgents());
    }

    public boolean isTrusted(Node node) {
        return node.getClass() == DumbSlave.class && names.contains(node.getNodeName());
    }

    /** Whether the administrator listed any trusted agents; if so, tests and scans run only on these, and wait for one. */
    public boolean any() {
        return !names.isEmpty();
    }

    public List<String> names() {
        return names;
    }
}
