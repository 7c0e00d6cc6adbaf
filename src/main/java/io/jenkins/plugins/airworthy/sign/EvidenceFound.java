package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.EvidenceTag;

import java.util.List;

/**
 * All Sigstore bundles and older signatures that are attached to one digest, each either believed or not: first the
 * bundles by manifest digest, then the layers at each tag in their order.
 *
 * @param subject the digest that was asked for, and that every statement in {@code verified} is about
 * @param tags where those in {@code verified} were found that are no referrers
 */
public record EvidenceFound(
        Digest subject, List<VerifiedEvidence> verified, List<RejectedEvidence> rejected, List<EvidenceTag> tags) {
    public EvidenceFound {
        verified = List.copyOf(verified);
        rejected = List.copyOf(rejected);
        tags = tags.stream().distinct().toList();
        for (VerifiedEvidence evidence : verified) {
            if (!evidence.subject().equals(subject)) {
                throw new IllegalArgumentException("evidence about " + evidence.subject());
            }
        }
    }
}
