package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.name.Digest;

/**
 * Which signatures of a key count after somebody else may have got hold of it: those that were written down, where the thief
 * cannot write, when the key was still in the right hands only.
 */
@FunctionalInterface
public interface SignatureRecord {
    /**
     * Whether this very signature was written down in time.
     *
     * @param subject the image that the statement is about
     * @param payload the digest of the statement's bytes as they were signed
     * @throws AirworthyException when the record cannot be read: undecided, never yes
     */
    boolean holds(Digest subject, Digest payload) throws AirworthyException;
}
