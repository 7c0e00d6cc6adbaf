package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceHead;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of an image's statements decide nothing any more, whatever policy judges it: those that a newer one replaces, which has
 * the same type, image, signer, observer and suite. A statement that tells no time is replaced by none, and a failed test result
 * or one that cannot be read by none either.
 *
 * @param removals what can be removed, the oldest first
 * @param kept how many statements stay
 */
public record PrunePlan(List<Removal> removals, int kept) {
    public PrunePlan {
        removals = List.copyOf(removals);
    }

    /**
     * One manifest to remove.
     *
     * @param copy whether the same statement stays in another manifest
     */
    public record Removal(EvidenceHead evidence, boolean copy) {}

    /** What one statement has to have in common with a newer one that replaces it. */
    private record Place(Digest subject, String type, String signer, Observer observer, Optional<String> suite) {
        static Place of(EvidenceHead head) {
            return new Place(
                    head.subject(),
                    head.predicateType(),
                    head.signer().sameness(),
                    head.seen().orElseThrow().observer(),
                    head.tests().map(TestResult::suite));
        }
    }

    /** What was signed, by whom. */
    private record Said(Digest payload, String signer) {
        static Said by(EvidenceHead head) {
            return new Said(head.payload(), head.signer().sameness());
        }
    }

    /**
     * Sorts what is there; statements at the older tags stay.
     *
     * @param replaced whether replaced statements may go, or only copies
     * @param latest the latest time that can be true: what is said to be later replaces nothing, and is not replaced
     */
    static PrunePlan of(List<EvidenceHead> verified, boolean replaced, Instant latest) {
        Map<Place, Instant> newest = new LinkedHashMap<>();
        for (EvidenceHead head : verified) {
            if (isReplaceable(head, latest)) {
                newest.merge(Place.of(head), time(head), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        Map<Said, Digest> staying = staying(verified);
        List<Removal> removals = new ArrayList<>();
        for (EvidenceHead head : verified) {
            boolean old = replaced && isReplaceable(head, latest) && time(head).isBefore(newest.get(Place.of(head)));
            boolean copy = !old
                    && !staying.getOrDefault(Said.by(head), head.manifest()).equals(head.manifest());
            if ((old || copy) && !head.atTag()) {
                removals.add(new Removal(head, copy));
            }
        }
        removals.sort(Comparator.comparing(
                removal -> removal.evidence().seen().map(Observation::at).orElse(Instant.MAX)));
        return new PrunePlan(removals, verified.size() - removals.size());
    }

    /**
     * Of each statement's copies the one that stays. Whoever may push can make one that is called something else, or old, and
     * that no verdict reads; beside such a copy the others stay.
     */
    private static Map<Said, Digest> staying(List<EvidenceHead> verified) {
        Map<Said, Digest> staying = new HashMap<>();
        for (EvidenceHead head : verified) {
            if (head.clear() && !head.atTag()) {
                staying.putIfAbsent(Said.by(head), head.manifest());
            }
        }
        return staying;
    }

    private static boolean isReplaceable(EvidenceHead head, Instant latest) {
        boolean isTests = head.predicateType().equals(PredicateTypes.TEST_RESULT);
        boolean passed = head.tests()
                .filter(tests -> tests.result() != TestResult.Outcome.FAILED)
                .isPresent();
        return head.seen().isPresent() && !time(head).isAfter(latest) && (!isTests || passed);
    }

    private static Instant time(EvidenceHead head) {
        return head.seen().orElseThrow().at();
    }
}
