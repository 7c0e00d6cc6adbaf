package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.name.Digest;

/**
 * Receives every statement before it is removed, so that a record of signed statements does not report it as hidden later. If it
 * cannot be recorded, the statement is not removed.
 */
@FunctionalInterface
public interface PrunedStatements {
    /** Records nothing. */
    PrunedStatements UNRECORDED = (subject, predicateType, payload) -> {};

    /**
     * Records that a statement is about to be removed and that no copy of it remains.
     *
     * @param subject the digest of the image that the statement is about
     * @param payload the digest of the signed bytes
     * @throws io.jenkins.plugins.airworthy.UndecidedException if the removal cannot be recorded; the statement is kept
     */
    void removing(Digest subject, String predicateType, Digest payload) throws AirworthyException;
}
