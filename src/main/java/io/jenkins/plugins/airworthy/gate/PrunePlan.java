package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.SignatureProof;
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
 * The statements of an image that no longer decide anything under any policy, because a newer statement with the same type, image,
 * signer, observer and suite replaces them. Statements without a time, failed test results and unreadable test results are never
 * replaced.
 *
 * @param removals the manifests that can be removed, oldest first
 * @param kept the number of statements that remain
 */
public record PrunePlan(List<Removal> removals, int kept) {
    public PrunePlan {
        removals = List.copyOf(removals);
    }

    /**
     * One manifest to remove.
     *
     * @param copy whether another manifest with the same statement remains
     */
    public record Removal(EvidenceHead evidence, boolean copy) {}

    /** The properties that a statement must share with a newer one that replaces it. */
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

    /** The payload and its signer. */
    private record Said(Digest payload, String signer) {
        static Said by(EvidenceHead head) {
            return new Said(head.payload(), head.signer().certified());
        }
    }

    /**
     * Plans which manifests to remove. Statements at cosign's older tags remain.
     *
     * @param replaced whether replaced statements may be removed, or only copies
     * @param latest the latest plausible time: a statement with a later time replaces nothing, and is not replaced
     */
    static PrunePlan of(List<EvidenceHead> verified, boolean replaced, Instant latest) {
        Map<Place, Instant> newest = new LinkedHashMap<>();
        for (EvidenceHead head : verified) {
            if (isReplaceable(head, latest)) {
                newest.merge(Place.of(head), time(head), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        Map<Said, EvidenceHead> staying = staying(verified);
        List<Removal> removals = new ArrayList<>();
        for (EvidenceHead head : verified) {
            boolean old = replaced && isReplaceable(head, latest) && time(head).isBefore(newest.get(Place.of(head)));
            boolean copy = !old && isCopy(head, staying.getOrDefault(Said.by(head), head));
            if ((old || copy) && !head.atTag()) {
                removals.add(new Removal(head, copy));
            }
        }
        removals.sort(Comparator.comparing(
                removal -> removal.evidence().seen().map(Observation::at).orElse(Instant.MAX)));
        return new PrunePlan(removals, verified.size() - removals.size());
    }

    /**
     * Chooses which copy of each statement remains. An attacker who may push can add a copy with a false type or time that no verdict
     * reads, or that lost its log entry or timestamp; such a copy never replaces the others.
     */
    private static Map<Said, EvidenceHead> staying(List<EvidenceHead> verified) {
        Map<Said, EvidenceHead> staying = new HashMap<>();
        for (EvidenceHead head : verified) {
            if (head.clear() && !head.atTag()) {
                staying.merge(Said.by(head), head, (one, other) -> one.proof().covers(other.proof()) ? one : other);
            }
        }
        return staying;
    }

    /** Whether another manifest says all that this one does, and proves as much. What was not checked may prove more. */
    private static boolean isCopy(EvidenceHead head, EvidenceHead staying) {
        return !head.manifest().equals(staying.manifest())
                && staying.proof().covers(head.proof())
                && !head.proof().equals(SignatureProof.UNCHECKED);
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
