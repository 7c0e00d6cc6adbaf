package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.AirworthyException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A piece of evidence that may be fetched: the bundle of one referrer, or a blob that several layers may name. Its type and time are
 * unsigned claims: they may be a reason not to fetch it, but never to believe it.
 *
 * @param predicateType the claimed type; empty if unclear
 * @param attached the claimed time of attaching; empty if unclear
 */
record EvidenceCandidate(Optional<String> predicateType, Optional<Instant> attached, Look look) {
    /** Finds the work for a piece. Identical pieces share one work. */
    @FunctionalInterface
    interface Look {
        Work look() throws AirworthyException, InterruptedException;
    }

    /** Verifies the content of pieces. */
    @FunctionalInterface
    interface Work {
        List<EvidenceCheck> judge() throws AirworthyException, InterruptedException;
    }

    /** Finds the pieces of one kind. */
    @FunctionalInterface
    interface Source {
        List<EvidenceCandidate> pieces() throws AirworthyException, InterruptedException;
    }

    /** Creates a candidate without claims. */
    static EvidenceCandidate of(Work work) {
        return new EvidenceCandidate(Optional.empty(), Optional.empty(), () -> work);
    }

    /** Creates a candidate that is judged already. */
    static EvidenceCandidate judged(EvidenceCheck judgement) {
        return of(() -> List.of(judgement));
    }
}
