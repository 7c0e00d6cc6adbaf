package io.jenkins.plugins.airworthy.jenkins.config.key;

/** Where a key is in its life. There is no way back. */
public enum KeyState {
    /** Signs, and is believed. */
    ACTIVE,
    /** Signs no more; what it signed is believed. */
    RETIRED,
    /** Signs no more; what it signed is believed only if this controller's own record of signatures holds it from before the date. */
    REVOKED
}
