package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.SignatureProof;
import io.jenkins.plugins.airworthy.evidence.Signer;

import java.security.PublicKey;
import java.time.Instant;

/**
 * Verifies the certificate of a bundle and returns its holder: it checks that a trusted authority issued the certificate, that a log
 * recorded this signature, and when. It does not verify the signature itself.
 */
@FunctionalInterface
public interface CertificateTrust {
    /**
     * The identity in the certificate, the key that must have made the signature, and the time from which the certificate is valid: the
     * signature is younger, by at most the time for which it is valid. The times in a bundle would be closer, but whoever may write
     * to a registry can leave the earlier of them out, or have a log record the same signature again.
     *
     * @param proof a log entry at least
     */
    record Holder(Signer.Identity identity, PublicKey key, Instant certifiedAt, SignatureProof proof) {}

    /**
     * Verifies the material and returns the holder.
     *
     * @param material the {@code verificationMaterial} of a bundle
     * @param mustBeProven whether an inclusion proof is required and a log's promise is not enough, as since version 0.2 of
     *     bundles
     * @param content the signature and the signed content, to compare with the log entries and timestamps
     * @throws InvalidInputException if the material is malformed or any part of it does not verify; nothing is asked of a network,
     *     so that the result is never undecided
     */
    Holder holder(JsonObject material, boolean mustBeProven, SignedContent content) throws InvalidInputException;

    /**
     * Says what log entries and timestamps prove of a signature by a permanent key, which counts without them, too. So this does not
     * fail: if any of them does not verify, nothing is proven.
     *
     * @param key the key that made the signature
     */
    default SignatureProof proof(JsonObject material, boolean mustBeProven, SignedContent content, PublicKey key) {
        return SignatureProof.UNCHECKED;
    }
}
