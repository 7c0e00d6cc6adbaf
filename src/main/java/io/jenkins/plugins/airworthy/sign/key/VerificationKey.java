package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;

/**
 * A public key for verifying signatures: ECDSA on P-256, P-384 or P-521, or RSA of 2048 to 4096 bits. Refuses
 * every other algorithm, points that are not on their curve, and keys in a non-canonical encoding, so that one key has one
 * fingerprint. Needs only the Java platform.
 */
public final class VerificationKey {
    private final PublicKey key;
    private final SignatureAlgorithm algorithm;
    private final Digest fingerprint;

    VerificationKey(PublicKey key, SignatureAlgorithm algorithm) {
        this.key = key;
        this.algorithm = algorithm;
        this.fingerprint = Digest.of(key.getEncoded());
    }

    /**
     * Reads a PEM file with a {@code PUBLIC KEY} (SubjectPublicKeyInfo).
     *
     * @param what the file's name in errors
     */
    public static VerificationKey parse(byte[] content, String what) throws InvalidInputException {
        Pem pem = Pem.parse(content, what);
        if (pem.isPrivate()) {
            throw new InvalidInputException(
                    what + ": this is a private key: give the public one, and keep this file safe");
        }
        return switch (pem.label()) {
            case "PUBLIC KEY" -> PublicKeyDecoder.decode(pem.der(), what);
            case "CERTIFICATE" ->
                throw new InvalidInputException(
                        what
                                + ": this is a certificate, and nothing would check it: take its key with 'openssl x509 -pubkey -noout'");
            default -> throw new InvalidInputException(what + ": expected a PUBLIC KEY, found '" + pem.label() + "'");
        };
    }

    /** Creates a key from a provider's object. */
    public static VerificationKey of(PublicKey key, String what) throws InvalidInputException {
        return PublicKeyDecoder.check(key, what);
    }

    /**
     * Whether this key made this signature of this message, with any digest that is {@linkplain
     * SignatureAlgorithm#believed believed}; false for malformed signatures.
     */
    public boolean verify(byte[] message, byte[] signature) {
        return verifyParts(signature, message);
    }

    /** Whether this key made this signature of a message in parts, which are not concatenated. */
    public boolean verifyParts(byte[] signature, byte[]... parts) {
        return algorithm.believed().stream().anyMatch(name -> verify(name, signature, parts));
    }

    /** Whether this key made this signature with the digest that Airworthy uses for keys of its kind. */
    public boolean verifyNew(byte[] message, byte[] signature) {
        return verify(algorithm.javaName(), signature, message);
    }

    /**
     * Whether this key made this signature of a message of which only the SHA-256 is known. Always false for RSA keys, which
     * cannot verify in this way, and for signatures with another digest.
     */
    public boolean verifyDigest(Digest digest, byte[] signature) {
        return algorithm.isElliptic() && verify("NONEwithECDSA", signature, digest.bytes());
    }

    private boolean verify(String name, byte[] signature, byte[]... parts) {
        if (key instanceof ECPublicKey elliptic
                && !EcdsaSignature.isWellFormed(signature, elliptic.getParams().getOrder())) {
            return false;
        }
        try {
            Signature check = Signature.getInstance(name);
            check.initVerify(key);
            for (byte[] part : parts) {
                check.update(part);
            }
            return check.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot verify " + name, e);
        }
    }

    /** The key for comparison with the entry of a log. */
    public PublicKey platformKey() {
        return key;
    }

    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    /** The hexadecimal SHA-256 of the key's SubjectPublicKeyInfo in DER: the only trusted identifier of a key. */
    public String fingerprint() {
        return fingerprint.hex();
    }

    /** The 32 bytes of the fingerprint. */
    public byte[] fingerprintBytes() {
        return fingerprint.bytes();
    }

    /** The key as a PEM file. */
    public String pem() {
        return Pem.write("PUBLIC KEY", key.getEncoded());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && fingerprint.equals(that.fingerprint);
    }

    @Override
    public int hashCode() {
        return fingerprint.hashCode();
    }

    @Override
    public String toString() {
        return algorithm + " key " + fingerprint.abbreviated();
    }
}
