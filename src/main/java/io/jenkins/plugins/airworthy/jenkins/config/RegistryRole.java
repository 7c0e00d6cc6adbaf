package io.jenkins.plugins.airworthy.jenkins.config;

/** The purpose of a registry, which decides who gets its credentials. */
public enum RegistryRole {
    /** Builds push here: its credentials go to agents that build, test and scan. */
    STAGING("Staging: builds push here"),
    /** Only the gate writes here, except for holders of other credentials: the gate's own never leave the controller. */
    PRODUCTION("Production: only promotions write here");

    private final String label;

    RegistryRole(String label) {
        this.label = label;
    }

    /** For a form. */
    public String getLabel() {
        return label;
    }
}
