package io.jenkins.plugins.airworthy.jenkins.config;

/** What a registry is for, and so who gets its credentials. */
public enum RegistryRole {
    /** Builds push here: its credentials go to agents that build, test and scan. */
    STAGING("Staging: builds push here"),
    /** Only the gate writes here, but for those who hold other credentials: its own never leave the controller. */
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
