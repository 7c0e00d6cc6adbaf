package io.jenkins.plugins.airworthy.sign.pkcs11;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/** Decodes public keys from the attributes of a token. Refuses all but uncompressed points on named curves. */
final class KeyNumbers {
    private static final int OCTET_STRING = 0x04;
    private static final int UNCOMPRESSED = 0x04;
    private static final int LONG_LENGTH = 0x81;
    private static final int SHORT_LENGTH_LIMIT = 0x80;

    /** The values of {@code CKA_EC_PARAMS} for the allowed curves. */
    private static final Map<String, String> CURVES = Map.of(
            "06082a8648ce3d030107", "secp256r1",
            "06052b81040022", "secp384r1",
            "06052b81040023", "secp521r1");

    private KeyNumbers() {}

    static VerificationKey rsa(byte[] modulus, byte[] exponent, String what) throws InvalidInputException {
        try {
            RSAPublicKeySpec numbers = new RSAPublicKeySpec(new BigInteger(1, modulus), new BigInteger(1, exponent));
            return VerificationKey.of(KeyFactory.getInstance("RSA").generatePublic(numbers), what);
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException(
                    what + ": an RSA key with numbers that cannot be used: 2048 to 4096 bits are allowed", e);
        }
    }

    static VerificationKey elliptic(byte[] parameters, byte[] point, String what) throws InvalidInputException {
        String curve = CURVES.get(HexFormat.of().formatHex(parameters));
        if (curve == null) {
            throw new InvalidInputException(what + ": unsupported curve: use ECDSA on P-256, P-384 or P-521");
        }
        try {
            AlgorithmParameters known = AlgorithmParameters.getInstance("EC");
            known.init(new ECGenParameterSpec(curve));
            ECParameterSpec spec = known.getParameterSpec(ECParameterSpec.class);
            int size = (spec.getCurve().getField().getFieldSize() + Byte.SIZE - 1) / Byte.SIZE;
            byte[] plain = unwrap(point, 1 + 2 * size);
            if (plain.length != 1 + 2 * size || plain[0] != UNCOMPRESSED) {
                throw new InvalidInputException(what + ": the token's public key is not an uncompressed point");
            }
            ECPoint at = new ECPoint(
                    new BigInteger(1, Arrays.copyOfRange(plain, 1, 1 + size)),
                    new BigInteger(1, Arrays.copyOfRange(plain, 1 + size, plain.length)));
            return VerificationKey.of(KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(at, spec)), what);
        } catch (GeneralSecurityException e) {
            throw new InvalidInputException(what + ": the token's public key is not a point on its curve", e);
        }
    }

    /** Decodes a point. The specification wraps it in an OCTET STRING, some modules do not; the length shows which. */
    private static byte[] unwrap(byte[] point, int expected) {
        int header = expected < SHORT_LENGTH_LIMIT ? 2 : 3;
        boolean wrapped = point.length == header + expected
                && point[0] == OCTET_STRING
                && (point[header - 1] & 0xFF) == expected
                && (header == 2 || (point[1] & 0xFF) == LONG_LENGTH);
        return wrapped ? Arrays.copyOfRange(point, header, point.length) : point;
    }
}
