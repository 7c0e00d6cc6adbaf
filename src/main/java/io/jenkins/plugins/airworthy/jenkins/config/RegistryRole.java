package io.jenkins.plugins.airworthy.jenkins.config;

/** What a registry is for, and so who gets its credentials. */
public enum RegistryRole {
    /** Builds push here: its credentials go to agents that build, test and scan. */
    STAGING,
    /** Only the gate writes here: its credentials never leave the controller. */
    PRODUCTION
}
