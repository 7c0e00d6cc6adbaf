package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.image.copy.CopyResult;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.util.Optional;

/** The result of a promotion that did not fail: the target's tag points at the image, or nothing was written there. */
public sealed interface Promotion {
    Judged judged();

    /**
     * The image was promoted.
     *
     * @param target the image's reference at the target, with tag and digest
     * @param summary the digest of the manifest of the signed verification summary; empty if the request had no key for it
     */
    record Promoted(Judged judged, ImageReference target, CopyResult copied, Optional<Digest> summary)
            implements Promotion {}

    /**
     * The policy refused the image, or is not enforced.
     *
     * @param reason one line; the verdict's items have the details
     */
    record Refused(Judged judged, String reason) implements Promotion {}
}
