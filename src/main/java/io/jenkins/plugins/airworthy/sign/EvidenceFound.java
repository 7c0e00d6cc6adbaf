package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.Digest;

import java.util.List;

/**
 * All Sigstore bundles that are attached to one digest, each either believed or not; both lists by manifest digest.
 *
 * @param subject the digest that was asked for, and that every statement in {@code verified} is about
 */
public record EvidenceFound(Digest subject, List<VerifiedEvidence> verified, List<RejectedEvidence> rejected) {
    public EvidenceFound {
        verified = List.copyOf(verified);
        rejected = List.copyOf(rejected);
        for (VerifiedEvidence evidence : verified) {
            if (!evidence.subject().equals(subject)) {
                throw new IllegalArgumentException("evidence about " + evidence.subject());
            }
        }
    }
}
