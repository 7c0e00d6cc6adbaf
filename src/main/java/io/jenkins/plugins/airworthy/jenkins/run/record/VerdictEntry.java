package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Decision;

import java.time.Instant;
import java.util.Optional;

/**
 * A verdict as the record lists it: what lists of verdicts show. The rest is in a separate document, since all documents of
 * a run together can be too large to hold.
 *
 * @param policy the name of the policy; empty in records of older versions
 * @param document the digest of the file that holds the verdict
 */
public record VerdictEntry(
        ImageReference image,
        Digest digest,
        Optional<ImageReference> target,
        String policy,
        Decision decision,
        Digest document,
        Instant at,
        Optional<ImageReference> promotedTo) {
    VerdictEntry promotedTo(ImageReference place) {
        return new VerdictEntry(image, digest, target, policy, decision, document, at, Optional.of(place));
    }
}
