package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;

/**
 * Something that can sign bytes with one private key, wherever that key is: in memory, in a hardware module, in a vault.
 * What the bytes say is not its matter: statements are signed by a {@link StatementSigner}. Implementations are safe for use
 * by several threads and never show the private key.
 */
public interface SigningKey {
    /** The other half. */
    VerificationKey publicKey();

    /**
     * Signs with the algorithm of the public key.
     *
     * @return ASN.1 DER for ECDSA, PKCS #1 for RSA
     * @throws io.jenkins.plugins.airworthy.InvalidInputException when the key cannot be used: its password or PIN is wrong, or
     *     it may not sign
     * @throws io.jenkins.plugins.airworthy.UndecidedException when the place of the key does not answer, or answers with what
     *     does not verify
     */
    byte[] sign(byte[] message) throws AirworthyException, InterruptedException;

    /** {@link VerificationKey#fingerprint}. */
    default String fingerprint() {
        return publicKey().fingerprint();
    }
}
