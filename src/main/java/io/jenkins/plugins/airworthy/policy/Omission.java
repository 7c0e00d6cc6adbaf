package io.jenkins.plugins.airworthy.policy;

/** A rule that a policy omits deliberately, and the reason; every verdict shows it. */
public record Omission(String rule, String reason) {}
