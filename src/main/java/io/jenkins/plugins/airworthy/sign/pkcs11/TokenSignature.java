package io.jenkins.plugins.airworthy.sign.pkcs11;

import io.jenkins.plugins.airworthy.sign.key.SignatureAlgorithm;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Between what a token signs and answers, and what a signature is elsewhere. */
final class TokenSignature {
    /** The algorithm identifier of SHA-256 and the head of the digest, in DER (RFC 8017, section 9.2). */
    private static final String SHA256_INFO = "3031300d060960864801650304020105000420";

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int LONG_LENGTH = 0x81;
    private static final int SHORT_LENGTH_LIMIT = 0x80;

    private TokenSignature() {}

    /** What the token is asked to sign: a digest, for RSA within its DigestInfo. */
    static byte[] input(SignatureAlgorithm algorithm, byte[] message) {
        return switch (algorithm) {
            case ECDSA_P256 -> digest("SHA-256", message);
            case ECDSA_P384 -> digest("SHA-384", message);
            case ECDSA_P521 -> digest("SHA-512", message);
            case RSA -> concat(HexFormat.of().parseHex(SHA256_INFO), digest("SHA-256", message));
        };
    }

    /** A token answers with the two numbers of an ECDSA signature side by side; elsewhere they are in ASN.1 DER. */
    static byte[] output(SignatureAlgorithm algorithm, byte[] answer) {
        if (!algorithm.isElliptic()) {
            return answer;
        }
        byte[] r = integer(Arrays.copyOfRange(answer, 0, answer.length / 2));
        byte[] s = integer(Arrays.copyOfRange(answer, answer.length / 2, answer.length));
        return tagged(SEQUENCE, concat(r, s));
    }

    private static byte[] integer(byte[] number) {
        return tagged(INTEGER, new BigInteger(1, number).toByteArray());
    }

    private static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length >= SHORT_LENGTH_LIMIT) {
            out.write(LONG_LENGTH);
        }
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] digest(String algorithm, byte[] message) {
        try {
            return MessageDigest.getInstance(algorithm).digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + algorithm, e);
        }
    }
}
