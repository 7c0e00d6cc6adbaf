package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** Decodes bytes or a provider's object into a valid public key, or says why it is not valid. */
final class PublicKeyDecoder {
    /** Minimum length of an RSA modulus, in bits (NIST SP 800-131A). */
    static final int MIN_RSA_BITS = 2_048;

    /** Maximum length of an RSA modulus, in bits: longer ones only cost time. */
    static final int MAX_RSA_BITS = 4_096;

    private static final BigInteger RSA_EXPONENT = BigInteger.valueOf(65_537);
    static final String ALLOWED =
            "use ECDSA on P-256, P-384 or P-521, or RSA of " + MIN_RSA_BITS + " to " + MAX_RSA_BITS + " bits";

    private PublicKeyDecoder() {}

    /** Reads a SubjectPublicKeyInfo. */
    static VerificationKey decode(byte[] der, String what) throws InvalidInputException {
        String type = type(der, what);
        try {
            PublicKey key = KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(der));
            VerificationKey checked = check(key, what);
            if (!Arrays.equals(PublicKeyDecoder.canonical(key, what).getEncoded(), der)) {
                throw new InvalidInputException(what + ": the key is not in its standard encoding");
            }
            return checked;
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException(what + ": damaged, or a key of an unsupported kind: " + ALLOWED, e);
        }
    }

    /** Checks a key by its numbers, independently of its Java class. */
    static VerificationKey check(PublicKey key, String what) throws InvalidInputException {
        PublicKey canonical = canonical(key, what);
        return new VerificationKey(
                canonical,
                canonical instanceof ECPublicKey elliptic
                        ? checkPoint(elliptic, what)
                        : checkRsa((RSAPublicKey) canonical, what));
    }

    private static String type(byte[] der, String what) throws InvalidInputException {
        Optional<byte[]> identifier = new Der(der)
                .next(Der.SEQUENCE)
                .flatMap(info -> new Der(info).next(Der.SEQUENCE))
                .flatMap(algorithm -> new Der(algorithm).next(Der.OBJECT_IDENTIFIER));
        if (identifier.isEmpty()) {
            throw new InvalidInputException(what + ": the public key is damaged");
        }
        return switch (HexFormat.of().formatHex(identifier.get())) {
            case "2a8648ce3d0201" -> "EC";
            case "2a864886f70d010101" -> "RSA";
            case "2b6570" -> throw new InvalidInputException(what + ": Ed25519 keys are not supported: " + ALLOWED);
            default -> throw new InvalidInputException(what + ": unsupported kind of key: " + ALLOWED);
        };
    }

    private static PublicKey canonical(PublicKey key, String what) throws InvalidInputException {
        try {
            if (key instanceof ECPublicKey elliptic) {
                ECParameterSpec curve = algorithm(elliptic, what).parameters();
                return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(elliptic.getW(), curve));
            }
            if (key instanceof RSAPublicKey rsa) {
                return KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            }
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException(what + ": the key's numbers are not valid", e);
        }
        throw new InvalidInputException(what + ": unsupported kind of key: " + ALLOWED);
    }

    private static SignatureAlgorithm algorithm(ECPublicKey key, String what) throws InvalidInputException {
        ECParameterSpec actual = key.getParams();
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            if (algorithm.isElliptic()) {
                ECParameterSpec named = algorithm.parameters();
                // Compare every number: an attacker who chooses the generator can own any key (CVE-2020-0601).
                if (named.getCurve().getField().equals(actual.getCurve().getField())
                        && named.getCurve().getA().equals(actual.getCurve().getA())
                        && named.getCurve().getB().equals(actual.getCurve().getB())
                        && named.getGenerator().equals(actual.getGenerator())
                        && named.getOrder().equals(actual.getOrder())
                        && named.getCofactor() == actual.getCofactor()) {
                    return algorithm;
                }
            }
        }
        throw new InvalidInputException(what + ": unsupported curve: " + ALLOWED);
    }

    private static SignatureAlgorithm checkPoint(ECPublicKey key, String what) throws InvalidInputException {
        SignatureAlgorithm algorithm = algorithm(key, what);
        ECParameterSpec parameters = key.getParams();
        BigInteger p = ((ECFieldFp) parameters.getCurve().getField()).getP();
        ECPoint point = key.getW();
        if (point.equals(ECPoint.POINT_INFINITY)
                || !isField(point.getAffineX(), p)
                || !isField(point.getAffineY(), p)) {
            throw new InvalidInputException(what + ": the key is not a point on its curve");
        }
        BigInteger x = point.getAffineX();
        BigInteger right = x.pow(3)
                .add(parameters.getCurve().getA().multiply(x))
                .add(parameters.getCurve().getB());
        if (!point.getAffineY().pow(2).subtract(right).mod(p).equals(BigInteger.ZERO)) {
            throw new InvalidInputException(what + ": the key is not a point on its curve");
        }
        return algorithm;
    }

    private static boolean isField(BigInteger value, BigInteger p) {
        return value.signum() >= 0 && value.compareTo(p) < 0;
    }

    private static SignatureAlgorithm checkRsa(RSAPublicKey key, String what) throws InvalidInputException {
        int bits = key.getModulus().bitLength();
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
            throw new InvalidInputException(what + ": an RSA key of " + bits + " bits: " + ALLOWED);
        }
        if (!key.getPublicExponent().equals(RSA_EXPONENT) || !key.getModulus().testBit(0)) {
            throw new InvalidInputException(
                    what + ": an RSA key with unusual numbers; its public exponent must be 65537");
        }
        return SignatureAlgorithm.RSA;
    }
}
