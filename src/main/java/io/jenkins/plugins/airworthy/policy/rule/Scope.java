package io.jenkins.plugins.airworthy.policy.rule;

/** Which digests a rule judges. */
public enum Scope {
    /** The requested digest. */
    ASKED,
    /** The requested digest, if the rule has evidence about it, or about no child either; else every child of the index. */
    ASKED_OR_EACH_PLATFORM,
    /** Each image that could run: the requested digest, or every child if it is an index. */
    EACH_PLATFORM
}
