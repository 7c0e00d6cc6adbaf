package io.jenkins.plugins.airworthy.jenkins.run;

import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.ImageReference;
import io.jenkins.plugins.airworthy.policy.Decision;

import java.time.Instant;
import java.util.Optional;

/**
 * A verdict as the record lists it.
 *
 * @param document the digest of the file that holds the verdict
 */
record VerdictEntry(
        ImageReference image,
        Digest digest,
        Optional<ImageReference> target,
        Decision decision,
        Digest document,
        Instant at,
        Optional<ImageReference> promotedTo) {
    VerdictEntry promotedTo(ImageReference place) {
        return new VerdictEntry(image, digest, target, decision, document, at, Optional.of(place));
    }
}
