package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;

/** The result of checking one referrer, or one layer at a tag. */
sealed interface EvidenceCheck {
    /** A statement about the right digest, signed by a trusted key. */
    record Believed(AttachedStatement attached) implements EvidenceCheck {
        VerifiedEvidence evidence() {
            return attached.evidence();
        }
    }

    /** A bundle or a layer that fails a check. */
    record NotBelieved(RejectedEvidence evidence) implements EvidenceCheck {}

    /** Something that is not evidence; ignored. */
    record Foreign() implements EvidenceCheck {}
}
