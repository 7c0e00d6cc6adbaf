package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.AirworthyException;

/** Where the password of a key comes from. It is asked only when a key turns out to be encrypted. */
@FunctionalInterface
public interface PasswordSource {
    /**
     * The password, in an array of the caller's own that the caller overwrites after use.
     *
     * @param what names the key for a prompt
     */
    char[] password(String what) throws AirworthyException, InterruptedException;
}
