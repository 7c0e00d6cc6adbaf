package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.util.List;
import java.util.Set;

/**
 * The signers and observers that a rule trusts. Refuses an empty set of signers, since there is no "any known key".
 *
 * @param observed the least trusted observer that the rule accepts
 */
public record Trust(Signatories signatories, Observer observed) {
    public Trust {
        if (signatories.isEmpty()) {
            throw new IllegalArgumentException("trust without a signer");
        }
    }

    /** Creates trust in keys only, by their names. */
    public Trust(Set<String> keys, Observer observed) {
        this(new Signatories(keys, List.of()), observed);
    }

    boolean believesSignerOf(VerifiedEvidence evidence) {
        return signatories.include(evidence.signer());
    }

    /** Whether the rule believes statements that do not say when they were observed. */
    boolean believesUndated() {
        return Observer.IMPORTED.atLeast(observed);
    }

    boolean believes(VerifiedEvidence evidence) {
        return believesSignerOf(evidence) && observer(evidence).atLeast(observed);
    }

    /** Whether this trust believes a statement, and as much is proven of its signature as it asks for. */
    public boolean isProvenBy(VerifiedEvidence evidence) {
        return believes(evidence) && proof().isMetBy(evidence);
    }

    /** What must be proven of the signatures that decide. */
    RequiredProof proof() {
        return signatories.proof();
    }

    /** Whether the rule could believe a recorded statement; a property that the record lacks counts as trusted. */
    public boolean mayBelieve(RecordedStatement signed) {
        return signatories.mayInclude(signed)
                && signed.seen()
                        .map(Observation::observer)
                        .orElse(Observer.CONTROLLER)
                        .atLeast(observed);
    }

    /** Returns the observer of the content; without one, the statement counts as imported. */
    public static Observer observer(VerifiedEvidence evidence) {
        return evidence.statement().observation().map(Observation::observer).orElse(Observer.IMPORTED);
    }

    /** Describes the signers for people. */
    String label() {
        return signatories.label();
    }
}
