package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

import java.util.Collections;
import java.util.Set;

/**
 * Whose evidence a rule believes. Refuses to name nobody: there is no "any known key".
 *
 * @param keys names of keys; a signer who has any of them is believed
 * @param observed the least of the places where the content may have been observed
 */
public record Trust(Set<String> keys, Observer observed) {
    public Trust {
        keys = Set.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("trust in nobody");
        }
    }

    boolean believesSignerOf(VerifiedEvidence evidence) {
        return evidence.signer() instanceof Signer.Key key && !Collections.disjoint(keys, key.names());
    }

    boolean believes(VerifiedEvidence evidence) {
        return believesSignerOf(evidence) && observer(evidence).atLeast(observed);
    }

    /** Where the content was observed; a statement that does not say is as good as one handed in. */
    public static Observer observer(VerifiedEvidence evidence) {
        return evidence.statement().observation().map(Observation::observer).orElse(Observer.IMPORTED);
    }

    /** The keys for people. */
    String label() {
        return String.join(", ", keys.stream().sorted().toList());
    }
}
