package io.jenkins.plugins.airworthy.policy.rule;

/** Which digests a rule judges. */
public enum Scope {
    /** The requested digest. */
    ASKED,
    /** Each image that could run: the requested digest, or every child if it is an index. */
    EACH_PLATFORM
}
