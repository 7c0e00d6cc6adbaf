package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;

/**
 * Signs bytes with a private key, which may be in memory, in a hardware module or in a vault. It does not look at what the bytes
 * say: statements are signed by a {@link StatementSigner}. Implementations are thread-safe and never expose the private key.
 */
public interface SigningKey {
    /** The public key. */
    VerificationKey publicKey();

    /**
     * Signs with the algorithm of the public key.
     *
     * @return ASN.1 DER for ECDSA, PKCS #1 for RSA
     * @throws io.jenkins.plugins.airworthy.InvalidInputException if the key cannot be used: its password or PIN is wrong, or
     *     it may not sign
     * @throws io.jenkins.plugins.airworthy.UndecidedException if the hardware module or service does not answer, or returns a
     *     signature that does not verify
     */
    byte[] sign(byte[] message) throws AirworthyException, InterruptedException;

    /** {@link VerificationKey#fingerprint}. */
    default String fingerprint() {
        return publicKey().fingerprint();
    }
}
