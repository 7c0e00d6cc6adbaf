package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.name.Digest;

/**
 * Is told of every statement before it is removed, so that whoever keeps a record of what was signed does not miss it later. A
 * failure to write it down keeps the statement.
 */
@FunctionalInterface
public interface PrunedStatements {
    /** Tells nobody. */
    PrunedStatements UNRECORDED = (subject, predicateType, payload) -> {};

    /**
     * A statement is about to be removed, and no copy of it stays.
     *
     * @param subject that it is about
     * @param payload of the bytes that were signed
     */
    void removing(Digest subject, String predicateType, Digest payload) throws AirworthyException;
}
