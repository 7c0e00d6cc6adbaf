package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.Optional;

/**
 * A statement with a verified signature, about the digest that it is attached to. Only the verifier in {@code sign}
 * may create instances, as an architecture test checks. Policies judge nothing else.
 *
 * @param signedAt the time from which its certificate is valid, if it was made with one; it is younger by some minutes
 * @param manifest the digest of the evidence's manifest, which a verdict names and a promotion copies
 * @param payload the digest of the signed bytes, as in a record of signatures
 * @param proof what log entries and timestamps prove of the signature
 */
public record VerifiedEvidence(
        Statement statement,
        Signer signer,
        Optional<Instant> signedAt,
        Digest manifest,
        Digest payload,
        SignatureProof proof) {
    /** The image that this is about. */
    public Digest subject() {
        return statement.subject().digest();
    }

    public String predicateType() {
        return statement.predicateType();
    }

    /** Written out, since a record's own would go through the whole statement; and see {@link Digest#equals}. */
    @Override
    public int hashCode() {
        return manifest.hashCode();
    }
}
