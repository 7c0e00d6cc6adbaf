package io.jenkins.plugins.airworthy.policy;

/** A rule that a policy leaves out on purpose, and why; every verdict shows it. */
public record Without(String rule, String reason) {}
