package io.jenkins.plugins.airworthy.policy;

/** The decision of a policy on an image. */
public enum Decision {
    PASSED,
    FAILED
}
