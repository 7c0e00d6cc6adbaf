package io.jenkins.plugins.airworthy.policy;

/** What a policy says of an image. */
public enum Decision {
    PASSED,
    FAILED
}
