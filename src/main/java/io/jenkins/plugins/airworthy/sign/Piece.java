package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Evidence that is fetched at once: one bundle, or one blob that several layers may name. What is said of it was not signed:
 * it can be a reason not to fetch a piece, and never one to believe it.
 *
 * @param predicateType what its writer calls it; absent when that is not clear
 * @param attached when its writer says that it was attached; absent when that is not clear
 */
record Piece(Optional<String> predicateType, Optional<Instant> attached, Work work) {
    /** Fetches a piece and judges what it holds. */
    @FunctionalInterface
    interface Work {
        List<Judgement> judge() throws AirworthyException, InterruptedException;
    }

    /** Finds the pieces of one kind. */
    @FunctionalInterface
    interface Source {
        List<Piece> pieces() throws AirworthyException, InterruptedException;
    }

    /** One that needs no further look. */
    static Piece judged(Judgement judgement) {
        return new Piece(Optional.empty(), Optional.empty(), () -> List.of(judgement));
    }
}
