package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** What a bundle says its signature is to be checked with. Refuses bundles that name none or several. */
sealed interface VerificationMaterial {
    /**
     * A key that the verifier has to know already.
     *
     * @param hint which one, usually base64 of its fingerprint; not signed, so it only orders the attempts
     */
    record ManagedKey(Optional<String> hint) implements VerificationMaterial {
        boolean names(VerificationKey key) {
            return hint.isPresent() && hint.get().equals(Base64.getEncoder().encodeToString(key.fingerprintBytes()));
        }
    }

    /** A certificate that an authority gave out for one signature. */
    record ShortLivedCertificate() implements VerificationMaterial {}

    static VerificationMaterial parse(JsonObject json) throws InvalidInputException {
        json.allowOnly(
                Set.of("publicKey", "certificate", "x509CertificateChain", "tlogEntries", "timestampVerificationData"));
        Optional<JsonObject> key = json.optionalObject("publicKey");
        boolean certificate = json.has("certificate") || json.has("x509CertificateChain");
        if (key.isPresent() == certificate) {
            throw json.error("publicKey", "expected either this or a certificate");
        }
        if (certificate) {
            return new ShortLivedCertificate();
        }
        key.get().allowOnly(Set.of("hint"));
        return new ManagedKey(key.get().optionalString("hint"));
    }
}
