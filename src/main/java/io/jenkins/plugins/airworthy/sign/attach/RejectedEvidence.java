package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.Optional;

/**
 * A Sigstore bundle, or a layer at one of cosign's older tags, that is attached to an image but not believed.
 *
 * @param manifest the digest of the manifest that carries it
 * @param layer the layer at an older tag; empty for a bundle
 * @param reason the check that failed, and what was found; one line, at most {@value #MAX_REASON} characters
 */
public record RejectedEvidence(Digest manifest, Optional<LegacyLayer> layer, String reason) {
    /** Maximum length of a reason, in characters: it quotes untrusted text. */
    public static final int MAX_REASON = 500;

    public RejectedEvidence {
        reason = AirworthyException.oneLine(reason);
        if (reason.length() > MAX_REASON) {
            reason = reason.substring(0, MAX_REASON) + "…";
        }
    }

    public RejectedEvidence(Digest manifest, String reason) {
        this(manifest, Optional.empty(), reason);
    }
}
