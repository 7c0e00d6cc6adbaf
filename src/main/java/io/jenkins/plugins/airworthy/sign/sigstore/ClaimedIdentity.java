package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.Signer;

import java.util.Optional;

/** The identity that a certificate names, without any check of who issued it: for lists of what is not verified. */
public final class ClaimedIdentity {
    private ClaimedIdentity() {}

    /**
     * Reads the identity.
     *
     * @param material the {@code verificationMaterial} of a bundle
     * @return empty if the certificate cannot be read
     */
    public static Optional<Signer.Identity> in(JsonObject material) {
        try {
            return Optional.of(SigningCertificate.parse(material).identity());
        } catch (InvalidInputException e) {
            return Optional.empty(); // verification reports the reason
        }
    }
}
