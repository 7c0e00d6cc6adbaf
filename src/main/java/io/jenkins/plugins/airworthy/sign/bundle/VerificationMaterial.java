package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** The verification material of a bundle: a key hint or a certificate. Refuses bundles with none or several. */
public sealed interface VerificationMaterial {
    /** The complete material as JSON, including log entries and timestamps. */
    JsonObject json();

    /**
     * A key that the verifier must already know.
     *
     * @param hint a hint for the key, usually its fingerprint in base64; it is not signed, so it only orders the attempts
     */
    record ManagedKey(JsonObject json, Optional<String> hint) implements VerificationMaterial {
        public boolean names(VerificationKey key) {
            return hint.isPresent() && hint.get().equals(Base64.getEncoder().encodeToString(key.fingerprintBytes()));
        }
    }

    /** A certificate issued for one signature; verified only with a trusted root. */
    record ShortLivedCertificate(JsonObject json) implements VerificationMaterial {}

    /**
     * Reads the material.
     *
     * @param chain whether the bundle has an older version, with the certificate in a list
     */
    static VerificationMaterial parse(JsonObject json, boolean chain) throws InvalidInputException {
        String certificate = chain ? "x509CertificateChain" : "certificate";
        json.allowOnly(Set.of("publicKey", certificate, "tlogEntries", "timestampVerificationData"));
        Optional<JsonObject> key = json.optionalObject("publicKey");
        if (key.isPresent() == json.has(certificate)) {
            throw json.error("publicKey", "expected either this or a certificate, in " + certificate);
        }
        if (key.isEmpty()) {
            return new ShortLivedCertificate(json);
        }
        key.get().allowOnly(Set.of("hint"));
        return new ManagedKey(json, key.get().optionalString("hint"));
    }
}
