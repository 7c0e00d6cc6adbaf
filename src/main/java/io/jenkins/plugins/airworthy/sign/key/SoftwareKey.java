package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/** A private key in memory. Refuses a private key that does not belong to its public key. */
public final class SoftwareKey implements SigningKey {
    private final PrivateKey privateKey;
    private final VerificationKey publicKey;

    private SoftwareKey(PrivateKey privateKey, VerificationKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** Generates an ECDSA key on P-256, as cosign does. */
    public static SoftwareKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return of(generator.generateKeyPair(), "new key");
        } catch (GeneralSecurityException | InvalidInputException e) {
            throw new IllegalStateException("this Java cannot make ECDSA keys on P-256", e);
        }
    }

    /**
     * Creates a key from a key pair.
     *
     * @param what the key's name in errors
     */
    public static SoftwareKey of(KeyPair pair, String what) throws InvalidInputException {
        SoftwareKey key = new SoftwareKey(pair.getPrivate(), VerificationKey.of(pair.getPublic(), what));
        try {
            if (KeyPairProbe.belongTogether(key.publicKey, key::compute)) {
                return key;
            }
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException(what + ": cannot be used to sign", e);
        }
        throw new InvalidInputException(what + ": its private and its public half do not belong together");
    }

    @Override
    public VerificationKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            return compute(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that signed before cannot sign any more", e);
        }
    }

    private byte[] compute(byte[] message) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(publicKey.algorithm().javaName());
        signature.initSign(privateKey);
        signature.update(message);
        return signature.sign();
    }

    /** Returns the key as PKCS #8 in DER, for writing it to an encrypted file. */
    public byte[] encoded() {
        return privateKey.getEncoded();
    }

    @Override
    public String toString() {
        return "private half of " + publicKey;
    }
}
