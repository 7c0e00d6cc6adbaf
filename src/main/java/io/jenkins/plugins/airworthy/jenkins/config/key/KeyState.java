package io.jenkins.plugins.airworthy.jenkins.config.key;

/** The state of a key. Retirement and revocation cannot be undone. */
public enum KeyState {
    /** Signs, and is believed. */
    ACTIVE,
    /** No longer signs; its signatures are believed. */
    RETIRED,
    /** No longer signs; a signature is believed only if this controller's own record of signatures holds it from before the date. */
    REVOKED
}
