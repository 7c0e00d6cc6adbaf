package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.image.copy.CopyResult;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.util.Optional;

/** How a promotion ended when nothing broke: the target's tag points at the image, or nothing was written there. */
public sealed interface Promotion {
    Judged judged();

    /**
     * The image is at its target.
     *
     * @param target the reference that names it there, by tag and digest
     * @param summary the manifest of the signed verification summary; absent when no key was given for one
     */
    record Promoted(Judged judged, ImageReference target, CopyResult copied, Optional<Digest> summary)
            implements Promotion {}

    /**
     * The policy refused, or may not promote anything.
     *
     * @param reason one line; the verdict's items say more
     */
    record Refused(Judged judged, String reason) implements Promotion {}
}
