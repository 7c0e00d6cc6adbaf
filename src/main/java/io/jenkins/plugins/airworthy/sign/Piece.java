package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;

import java.util.List;

/** Evidence that is fetched at once: one bundle, or one blob that several layers may name. */
@FunctionalInterface
interface Piece {
    /** Fetches it and judges what it holds. */
    List<Judgement> judge() throws AirworthyException, InterruptedException;

    /** Finds the pieces of one kind. */
    @FunctionalInterface
    interface Source {
        List<Piece> pieces() throws AirworthyException, InterruptedException;
    }
}
