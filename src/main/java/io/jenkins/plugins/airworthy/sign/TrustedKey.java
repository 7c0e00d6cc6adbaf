package io.jenkins.plugins.airworthy.sign;

/**
 * A public key under the name by which policies speak of it. Several names may have the same key; they are one signer.
 * Refuses an empty name.
 */
public record TrustedKey(String name, VerificationKey key) {
    public TrustedKey {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a trusted key has a name");
        }
    }

    /** {@link VerificationKey#fingerprint}. */
    public String fingerprint() {
        return key.fingerprint();
    }
}
