package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What must be proven of the signatures that decide. It does not choose among statements: where the newest lacks its proof, an older one
 * that has one must not decide in its place.
 *
 * @param log whether a log must have recorded the signature
 * @param timestamp whether an authority must have dated it
 */
public record RequiredProof(boolean log, boolean timestamp) {
    /** The signature alone is enough. */
    public static final RequiredProof NONE = new RequiredProof(false, false);

    /** Whether anything is asked for, which needs a trusted root. */
    public boolean asks() {
        return log || timestamp;
    }

    RequiredProof and(RequiredProof other) {
        return new RequiredProof(log || other.log, timestamp || other.timestamp);
    }

    boolean isMetBy(VerifiedEvidence evidence) {
        return (!log || evidence.proof().logged())
                && (!timestamp || evidence.proof().timestamped());
    }

    /** Returns why one of these signatures is not enough. */
    Optional<String> refusal(List<VerifiedEvidence> deciding, String noun) {
        return deciding.stream()
                .filter(evidence -> !isMetBy(evidence))
                .map(evidence -> noun + " is signed by " + evidence.signer().label() + ", but " + lacks(evidence))
                .findFirst();
    }

    /** What is missing of a signature, and why what is there is not enough. */
    String lacks(VerifiedEvidence evidence) {
        List<String> missing = new ArrayList<>();
        if (log && !evidence.proof().logged()) {
            missing.add("no log that the trusted root names is shown to have recorded the signature");
        }
        if (timestamp && !evidence.proof().timestamped()) {
            missing.add("no timestamp of an authority that the trusted root names proves its time");
        }
        String flaw = evidence.proof().flaw();
        return String.join(", and ", missing) + (flaw.isEmpty() ? "" : ": " + flaw);
    }

    /** Leaves out copies of a statement that prove too little, where another copy proves enough. */
    List<VerifiedEvidence> withoutStripped(List<VerifiedEvidence> believed) {
        if (!asks()) {
            return believed;
        }
        Map<Said, Boolean> met = new HashMap<>();
        believed.forEach(each -> met.merge(Said.by(each), isMetBy(each), Boolean::logicalOr));
        Set<Said> told = new HashSet<>();
        return believed.stream()
                .filter(each -> !met.get(Said.by(each)) || (isMetBy(each) && told.add(Said.by(each))))
                .toList();
    }

    /** The same bytes by the same signer. */
    private record Said(String payload, String signer) {
        static Said by(VerifiedEvidence evidence) {
            return new Said(evidence.payload().hex(), evidence.signer().certified() + " " + evidence.signedAt());
        }
    }
}
