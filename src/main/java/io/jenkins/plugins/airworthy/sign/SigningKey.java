package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;

/**
 * Something that can sign with one private key, wherever that key is: in memory, in a hardware module, in a vault.
 * Implementations are safe for use by several threads and never show the private key.
 */
public interface SigningKey extends EvidenceSigner {
    /** The other half. */
    VerificationKey publicKey();

    /**
     * Signs with the algorithm of the public key.
     *
     * @return ASN.1 DER for ECDSA, PKCS #1 for RSA
     */
    byte[] sign(byte[] message) throws AirworthyException, InterruptedException;

    /** A bundle without log and timestamp, as cosign writes it for keys. */
    @Override
    default byte[] signStatement(byte[] payload, String what) throws AirworthyException, InterruptedException {
        DsseEnvelope envelope = new DsseEnvelope(payload, sign(DsseEnvelope.signedBytes(payload)));
        if (!envelope.isSignedBy(publicKey())) {
            throw new UndecidedException("the signature that " + publicKey() + " made of " + what
                    + " does not verify: the key or its device is faulty; nothing was written");
        }
        return Bundle.write(envelope, publicKey());
    }

    /** {@link VerificationKey#fingerprint}. */
    default String fingerprint() {
        return publicKey().fingerprint();
    }
}
