package io.jenkins.plugins.airworthy.sign.key;

import java.util.Optional;

/**
 * A public key under the name by which policies speak of it. Several names may have the same key; they are one signer.
 * Refuses an empty name.
 *
 * @param revoked present for a key that is revoked: only what this record holds is believed
 */
public record TrustedKey(String name, VerificationKey key, Optional<SignatureRecord> revoked) {
    public TrustedKey {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a trusted key has a name");
        }
    }

    /** A key that nobody revoked. */
    public TrustedKey(String name, VerificationKey key) {
        this(name, key, Optional.empty());
    }

    /** {@link VerificationKey#fingerprint}. */
    public String fingerprint() {
        return key.fingerprint();
    }
}
