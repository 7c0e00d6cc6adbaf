package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictBase64;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/**
 * The public key of a log, with the algorithm that the trusted root gives for it. Artefacts are
 * verified with a {@link io.jenkins.plugins.airworthy.sign.key.VerificationKey} instead, which allows other algorithms.
 */
record LogKey(PublicKey key, String algorithm) {
    private static final String ECDSA_P256 = "SHA256withECDSA";
    private static final String ECDSA_P384 = "SHA384withECDSA";
    private static final String RSA = "SHA256withRSA";
    private static final String ED25519 = "Ed25519";

    /** Reads a key; empty for an unknown algorithm, so that its log proves nothing. */
    static Optional<LogKey> parse(JsonObject json) throws InvalidInputException {
        byte[] bytes = StrictBase64.member(json, "rawBytes");
        try {
            return switch (json.string("keyDetails")) {
                case "PKIX_ECDSA_P256_SHA_256" -> Optional.of(new LogKey(decode("EC", bytes), ECDSA_P256));
                case "PKIX_ECDSA_P384_SHA_384" -> Optional.of(new LogKey(decode("EC", bytes), ECDSA_P384));
                case "PKIX_ED25519" -> Optional.of(new LogKey(decode(ED25519, bytes), ED25519));
                case "PKCS1_RSA_PKCS1V5" -> Optional.of(new LogKey(bareRsa(bytes), RSA));
                case "PKIX_RSA_PKCS1V5",
                        "PKIX_RSA_PKCS1V15_2048_SHA256",
                        "PKIX_RSA_PKCS1V15_3072_SHA256",
                        "PKIX_RSA_PKCS1V15_4096_SHA256" -> Optional.of(new LogKey(decode("RSA", bytes), RSA));
                default -> Optional.empty();
            };
        } catch (GeneralSecurityException | RuntimeException e) {
            // BouncyCastle throws unchecked exceptions for malformed ASN.1.
            throw json.error("rawBytes", "is not a public key of the kind that keyDetails names");
        }
    }

    private static PublicKey decode(String type, byte[] bytes) throws GeneralSecurityException {
        return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(bytes));
    }

    private static PublicKey bareRsa(byte[] bytes) throws GeneralSecurityException {
        RSAPublicKey numbers = RSAPublicKey.getInstance(bytes);
        return KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(numbers.getModulus(), numbers.getPublicExponent()));
    }

    boolean verify(byte[] message, byte[] signature) {
        try {
            Signature check = Signature.getInstance(algorithm);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot verify " + algorithm, e);
        }
    }
}
