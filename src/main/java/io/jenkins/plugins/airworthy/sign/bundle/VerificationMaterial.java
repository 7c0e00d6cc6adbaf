package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** What a bundle says its signature is to be checked with. Refuses bundles that name none or several. */
public sealed interface VerificationMaterial {
    /** All of it, log entries and timestamps too, as it was read. */
    JsonObject json();

    /**
     * A key that the verifier has to know already.
     *
     * @param hint which one, usually base64 of its fingerprint; not signed, so it only orders the attempts
     */
    record ManagedKey(JsonObject json, Optional<String> hint) implements VerificationMaterial {
        public boolean names(VerificationKey key) {
            return hint.isPresent() && hint.get().equals(Base64.getEncoder().encodeToString(key.fingerprintBytes()));
        }
    }

    /** A certificate that an authority gave out for one signature; looked at by whoever was given a trusted root. */
    record ShortLivedCertificate(JsonObject json) implements VerificationMaterial {}

    /**
     * Reads it.
     *
     * @param chain whether this is of the older versions, where the certificate stands in a list
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
