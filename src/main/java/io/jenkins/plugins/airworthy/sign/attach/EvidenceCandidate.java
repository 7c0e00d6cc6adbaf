package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.AirworthyException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Evidence that is fetched at once: what one referrer carries, or one blob that several layers may name. What is said of it was not
 * signed: it can be a reason not to fetch a piece, and never one to believe it.
 *
 * @param predicateType what its writer, or the list that names it, calls it; absent when that is not clear
 * @param attached when its writer, or the list that names it, says that it was attached; absent when that is not clear
 */
record EvidenceCandidate(Optional<String> predicateType, Optional<Instant> attached, Look look) {
    /** Finds out what has to be judged. Pieces that turn out to be the same have one work. */
    @FunctionalInterface
    interface Look {
        Work look() throws AirworthyException, InterruptedException;
    }

    /** Judges what pieces hold. */
    @FunctionalInterface
    interface Work {
        List<EvidenceCheck> judge() throws AirworthyException, InterruptedException;
    }

    /** Finds the pieces of one kind. */
    @FunctionalInterface
    interface Source {
        List<EvidenceCandidate> pieces() throws AirworthyException, InterruptedException;
    }

    /** One of which nothing is said. */
    static EvidenceCandidate of(Work work) {
        return new EvidenceCandidate(Optional.empty(), Optional.empty(), () -> work);
    }

    /** One that needs no further look. */
    static EvidenceCandidate judged(EvidenceCheck judgement) {
        return of(() -> List.of(judgement));
    }
}
