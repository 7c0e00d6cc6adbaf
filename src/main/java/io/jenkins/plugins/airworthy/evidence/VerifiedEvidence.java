package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.image.name.Digest;

/**
 * A statement whose signature was verified, about the very digest it was attached to. Only the verifier in {@code sign}
 * may make one; an architecture test keeps it so. A policy judges nothing else.
 *
 * @param manifest the evidence's own manifest in the store: what a verdict names and a promotion copies
 * @param payload of the bytes that were signed: what a record of signatures names
 */
public record VerifiedEvidence(Statement statement, Signer signer, Digest manifest, Digest payload) {
    /** The image that this is about. */
    public Digest subject() {
        return statement.subject().digest();
    }

    public String predicateType() {
        return statement.predicateType();
    }
}
