package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.EvidenceTag;

import java.util.Optional;

/** What one referrer, or one layer at a tag, turned out to be. */
sealed interface Judgement {
    /**
     * A statement about the right digest, signed by a trusted key.
     *
     * @param tag where it was found, unless it is a referrer
     */
    record Believed(VerifiedEvidence evidence, Optional<EvidenceTag> tag) implements Judgement {
        Believed(VerifiedEvidence evidence) {
            this(evidence, Optional.empty());
        }
    }

    /** A bundle or a layer that fails a check. */
    record NotBelieved(RejectedEvidence evidence) implements Judgement {}

    /** Something else that somebody attached; none of our business. */
    record Foreign() implements Judgement {}
}
