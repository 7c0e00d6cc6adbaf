package io.jenkins.plugins.airworthy.sign.key;

import java.util.Optional;

/**
 * A public key with its name in policies. Several names may have the same key; they are one signer.
 * Refuses an empty name.
 *
 * @param revoked present for a revoked key: only signatures in this record are believed
 */
public record TrustedKey(String name, VerificationKey key, Optional<SignatureRecord> revoked) {
    public TrustedKey {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a trusted key has a name");
        }
    }

    /** Creates a key that is not revoked. */
    public TrustedKey(String name, VerificationKey key) {
        this(name, key, Optional.empty());
    }

    /** {@link VerificationKey#fingerprint}. */
    public String fingerprint() {
        return key.fingerprint();
    }
}
