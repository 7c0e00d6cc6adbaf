package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.Signer;

import java.security.PublicKey;

/**
 * Says who holds the key of a bundle's certificate, after checking that an authority gave the certificate out, that a log
 * recorded this very signature, and when. It does not verify the signature itself.
 */
@FunctionalInterface
public interface CertificateTrust {
    /** Whom the certificate names, and the key that must have made the signature. */
    record Holder(Signer.Identity identity, PublicKey key) {}

    /**
     * The holder.
     *
     * @param material a bundle's {@code verificationMaterial}
     * @param mustBeProven whether a log's promise is not enough and its inclusion proof has to be there, as it has since
     *     version 0.2 of bundles
     */
    Holder holder(JsonObject material, boolean mustBeProven, SignedContent content) throws InvalidInputException;
}
