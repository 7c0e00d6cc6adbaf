package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.AirworthyException;

/** Provides the password of a key. It is asked only if a key is encrypted. */
@FunctionalInterface
public interface PasswordSource {
    /**
     * Returns the password in a new array, which the caller overwrites after use.
     *
     * @param what the key's name in a prompt
     */
    char[] password(String what) throws AirworthyException, InterruptedException;
}
