package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.Optional;

/**
 * One piece of evidence as it is stored, and whether it is verified. Everything but {@code verified} is an unsigned claim of the
 * registry or of the piece itself, and may be false.
 *
 * @param manifest the digest of the manifest that carries it
 * @param content the bundle, or the layer at an older tag; empty if the manifest is malformed
 * @param tag the older tag where it is; empty for a bundle
 * @param predicateType the claimed predicate type
 * @param attached the claimed time of attaching
 * @param verified its verified statement without the predicate; empty if no given signer signed it
 * @param reason why it is not verified; empty if it is
 */
public record StoredEvidence(
        Digest manifest,
        Optional<Descriptor> content,
        Optional<String> tag,
        Optional<String> predicateType,
        Optional<Instant> attached,
        SignerHint hint,
        Optional<EvidenceHead> verified,
        String reason) {

    /** Returns the verified type, or else the claimed one. */
    public Optional<String> type() {
        return verified.map(EvidenceHead::predicateType).or(this::predicateType);
    }

    /** Returns the verified time of observation, or else the claimed time of attaching. */
    public Optional<Instant> time() {
        return verified.flatMap(EvidenceHead::seen).map(seen -> seen.at()).or(this::attached);
    }
}
