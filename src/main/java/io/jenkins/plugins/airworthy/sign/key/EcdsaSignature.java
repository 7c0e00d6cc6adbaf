package io.jenkins.plugins.airworthy.sign.key;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Checks the form of an ECDSA signature before it is verified (<a href="https://www.secg.org/sec1-v2.pdf">SEC 1</a>, C.5): a DER
 * sequence of two integers from 1 to the curve's order less 1. Java once accepted zeros as a valid signature of everything. The
 * higher of the two possible values of s is allowed: cosign writes it too, and nothing is identified by its signature.
 */
final class EcdsaSignature {
    private EcdsaSignature() {}

    static boolean isWellFormed(byte[] signature, BigInteger order) {
        Der outer = new Der(signature);
        Optional<byte[]> sequence = outer.next(Der.SEQUENCE);
        if (sequence.isEmpty() || !outer.atEnd()) {
            return false;
        }
        Der inner = new Der(sequence.get());
        boolean r = isScalar(inner.next(Der.INTEGER), order);
        boolean s = isScalar(inner.next(Der.INTEGER), order);
        return r && s && inner.atEnd();
    }

    private static boolean isScalar(Optional<byte[]> integer, BigInteger order) {
        if (integer.isEmpty() || integer.get().length == 0) {
            return false;
        }
        byte[] bytes = integer.get();
        boolean padded = bytes.length > 1 && bytes[0] == 0 && bytes[1] >= 0;
        BigInteger value = new BigInteger(bytes);
        return !padded && value.signum() > 0 && value.compareTo(order) < 0;
    }
}
