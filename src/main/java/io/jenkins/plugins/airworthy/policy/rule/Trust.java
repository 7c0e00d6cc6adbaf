package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.util.List;
import java.util.Set;

/**
 * Whose evidence a rule believes. Refuses to name nobody: there is no "any known key".
 *
 * @param observed the least of the places where the content may have been observed
 */
public record Trust(Signatories signatories, Observer observed) {
    public Trust {
        if (signatories.isEmpty()) {
            throw new IllegalArgumentException("trust in nobody");
        }
    }

    /** Trust in keys alone, by their names. */
    public Trust(Set<String> keys, Observer observed) {
        this(new Signatories(keys, List.of()), observed);
    }

    boolean believesSignerOf(VerifiedEvidence evidence) {
        return signatories.include(evidence.signer());
    }

    /** Whether a statement can be believed that does not say when it was observed. */
    boolean believesUndated() {
        return Observer.IMPORTED.atLeast(observed);
    }

    boolean believes(VerifiedEvidence evidence) {
        return believesSignerOf(evidence) && observer(evidence).atLeast(observed);
    }

    /** Whether it would believe a statement that is known from a record only; what the record does not say speaks for it. */
    boolean mayBelieve(RecordedStatement signed) {
        return signatories.mayInclude(signed)
                && signed.seen()
                        .map(Observation::observer)
                        .orElse(Observer.CONTROLLER)
                        .atLeast(observed);
    }

    /** Where the content was observed; a statement that does not say is as good as one handed in. */
    public static Observer observer(VerifiedEvidence evidence) {
        return evidence.statement().observation().map(Observation::observer).orElse(Observer.IMPORTED);
    }

    /** The signers for people. */
    String label() {
        return signatories.label();
    }
}
