package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.Digest;

/**
 * A Sigstore bundle, or a layer at one of cosign's older tags, that is attached to an image and is not believed.
 *
 * @param manifest the manifest that carries it
 * @param reason the check that failed, and what was found; one line
 */
public record RejectedEvidence(Digest manifest, String reason) {
    public RejectedEvidence {
        reason = AirworthyException.oneLine(reason);
    }
}
