package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.Optional;

/**
 * A record of the signatures that still count after a key was stolen: those that were recorded before the theft, in a place that the
 * thief cannot write to.
 */
@FunctionalInterface
public interface SignatureRecord {
    /**
     * Whether this signature was recorded in time.
     *
     * @param subject the digest of the image that the statement is about
     * @param payload the digest of the signed bytes
     * @throws AirworthyException if the record cannot be read, which never means yes
     */
    boolean holds(Digest subject, Digest payload) throws AirworthyException;

    /** Since when the key is revoked, for people; empty if the record does not say. */
    default Optional<Instant> revokedSince() {
        return Optional.empty();
    }
}
