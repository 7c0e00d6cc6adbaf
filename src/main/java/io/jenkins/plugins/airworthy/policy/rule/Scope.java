package io.jenkins.plugins.airworthy.policy.rule;

/** What a rule is about. */
public enum Scope {
    /** The digest that was asked for. */
    ASKED,
    /** Each image that could run: the digest asked for, or every child when that is an index. */
    EACH_PLATFORM
}
