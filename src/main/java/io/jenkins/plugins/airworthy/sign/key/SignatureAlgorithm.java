package io.jenkins.plugins.airworthy.sign.key;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.List;

/**
 * The signature algorithms: one for each kind of key, so that an attacker cannot choose a weaker one for a key. They
 * are the ones that cosign uses for the same keys. Older tools signed with SHA-256 on every curve; such signatures are
 * believed but never made.
 */
public enum SignatureAlgorithm {
    ECDSA_P256("SHA256withECDSA", "secp256r1", "1.2.840.10045.3.1.7"),
    ECDSA_P384("SHA384withECDSA", "secp384r1", "1.3.132.0.34"),
    ECDSA_P521("SHA512withECDSA", "secp521r1", "1.3.132.0.35"),
    /** PKCS #1 version 1.5. */
    RSA("SHA256withRSA", "", "1.2.840.113549.1.1.1");

    private final String javaName;
    private final String curve;
    private final String objectIdentifier;

    SignatureAlgorithm(String javaName, String curve, String objectIdentifier) {
        this.javaName = javaName;
        this.curve = curve;
        this.objectIdentifier = objectIdentifier;
    }

    /** The name for {@link java.security.Signature}. */
    public String javaName() {
        return javaName;
    }

    /**
     * The names of all algorithms that are believed for a key of this kind, the usual one first. A digest of 256 bits is as strong
     * as the signatures of most keys, and a document does not have the same digest by two functions.
     */
    List<String> believed() {
        return isElliptic() && this != ECDSA_P256 ? List.of(javaName, ECDSA_P256.javaName) : List.of(javaName);
    }

    public boolean isElliptic() {
        return this != RSA;
    }

    /** The name of the curve, or of RSA. */
    String objectIdentifier() {
        return objectIdentifier;
    }

    /** The curve; only if {@link #isElliptic}. */
    public ECParameterSpec parameters() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java does not know the curve " + curve, e);
        }
    }
}
