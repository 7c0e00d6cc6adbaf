package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.InvalidInputException;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Decodes a private key in DER (PKCS #8, SEC 1, PKCS #1) into a key pair; the public key is computed, not taken
 * from the file. Refuses algorithms and curves that {@link VerificationKey} refuses, and inconsistent numbers.
 */
final class PrivateKeyDecoder {
    private PrivateKeyDecoder() {}

    static KeyPair pkcs8(byte[] der, String what) throws InvalidInputException {
        PrivateKeyInfo info = asn1(der, PrivateKeyInfo::getInstance, what);
        ASN1ObjectIdentifier kind = info.getPrivateKeyAlgorithm().getAlgorithm();
        byte[] key = part(() -> info.getPrivateKey().getOctets(), what);
        if (kind.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return elliptic(
                    asn1(key, ECPrivateKey::getInstance, what),
                    info.getPrivateKeyAlgorithm().getParameters(),
                    what);
        }
        if (kind.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return rsa(key, what);
        }
        throw new InvalidInputException(what + ": unsupported kind of key: " + PublicKeyDecoder.ALLOWED);
    }

    static KeyPair sec1(byte[] der, String what) throws InvalidInputException {
        ECPrivateKey key = asn1(der, ECPrivateKey::getInstance, what);
        return elliptic(key, part(key::getParametersObject, what), what);
    }

    private static KeyPair elliptic(ECPrivateKey key, ASN1Encodable curve, String what) throws InvalidInputException {
        SignatureAlgorithm algorithm = algorithm(curve, what);
        ECParameterSpec parameters = algorithm.parameters();
        BigInteger secret = part(key::getKey, what);
        if (secret.signum() <= 0 || secret.compareTo(parameters.getOrder()) >= 0) {
            throw new InvalidInputException(what + ": the private key is out of its curve's range");
        }
        X9ECParameters known = CustomNamedCurves.getByOID(new ASN1ObjectIdentifier(algorithm.objectIdentifier()));
        ECPoint point =
                new FixedPointCombMultiplier().multiply(known.getG(), secret).normalize();
        Optional<byte[]> written =
                part(() -> Optional.ofNullable(key.getPublicKey()).map(ASN1BitString::getBytes), what);
        if (written.isPresent() && !isEncodingOf(point, written.get())) {
            throw new InvalidInputException(what + ": damaged: its private and public halves do not belong together");
        }
        java.security.spec.ECPoint publicPoint = new java.security.spec.ECPoint(
                point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger());
        try {
            KeyFactory factory = KeyFactory.getInstance("EC");
            return new KeyPair(
                    factory.generatePublic(new ECPublicKeySpec(publicPoint, parameters)),
                    factory.generatePrivate(new ECPrivateKeySpec(secret, parameters)));
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException(what + ": the key's numbers are not valid", e);
        }
    }

    private static boolean isEncodingOf(ECPoint point, byte[] encoded) {
        return Arrays.equals(point.getEncoded(false), encoded) || Arrays.equals(point.getEncoded(true), encoded);
    }

    private static SignatureAlgorithm algorithm(ASN1Encodable curve, String what) throws InvalidInputException {
        if (curve instanceof ASN1ObjectIdentifier named) {
            for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
                if (algorithm.isElliptic() && algorithm.objectIdentifier().equals(named.getId())) {
                    return algorithm;
                }
            }
        }
        throw new InvalidInputException(what + ": unsupported curve: " + PublicKeyDecoder.ALLOWED);
    }

    static KeyPair rsa(byte[] der, String what) throws InvalidInputException {
        RSAPrivateKey key = asn1(der, RSAPrivateKey::getInstance, what);
        int bits = key.getModulus().bitLength();
        if (bits > PublicKeyDecoder.MAX_RSA_BITS
                || !key.getPrime1().multiply(key.getPrime2()).equals(key.getModulus())) {
            throw new InvalidInputException(what + ": an RSA key of " + bits
                    + " bits, or one with inconsistent numbers: " + PublicKeyDecoder.ALLOWED);
        }
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            return new KeyPair(
                    factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())),
                    factory.generatePrivate(new RSAPrivateCrtKeySpec(
                            key.getModulus(),
                            key.getPublicExponent(),
                            key.getPrivateExponent(),
                            key.getPrime1(),
                            key.getPrime2(),
                            key.getExponent1(),
                            key.getExponent2(),
                            key.getCoefficient())));
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException(what + ": the key's numbers are not valid", e);
        }
    }

    /** Reads exactly one element. */
    static <T> T asn1(byte[] der, Function<Object, T> type, String what) throws InvalidInputException {
        try {
            return view(ASN1Primitive.fromByteArray(der), type, what);
        } catch (IOException e) {
            throw damaged(what, e);
        }
    }

    static <T> T view(ASN1Encodable element, Function<Object, T> type, String what) throws InvalidInputException {
        return part(() -> type.apply(element), what);
    }

    /** Reads a part of an element, which the library parses only on access. */
    private static <T> T part(Supplier<T> inside, String what) throws InvalidInputException {
        try {
            return Optional.ofNullable(inside.get()).orElseThrow(() -> damaged(what, new IOException("absent")));
        } catch (RuntimeException e) { // the library reports damage by many unchecked exceptions
            throw damaged(what, e);
        }
    }

    private static InvalidInputException damaged(String what, Exception cause) {
        return new InvalidInputException(what + ": the private key is damaged", cause);
    }
}
