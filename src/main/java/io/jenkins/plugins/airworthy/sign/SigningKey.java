package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;

/**
 * Something that can sign with one private key, wherever that key is: in memory, in a hardware module, in a vault.
 * Implementations are safe for use by several threads and never show the private key.
 */
public interface SigningKey {
    /** The other half. */
    VerificationKey publicKey();

    /**
     * Signs with the algorithm of the public key.
     *
     * @return ASN.1 DER for ECDSA, PKCS #1 for RSA
     */
    byte[] sign(byte[] message) throws AirworthyException, InterruptedException;

    /** {@link VerificationKey#fingerprint}. */
    default String fingerprint() {
        return publicKey().fingerprint();
    }
}
