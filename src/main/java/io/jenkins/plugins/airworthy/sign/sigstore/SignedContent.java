package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.image.name.Digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The signed content, as far as it is known; its digests are compared with those in log entries and timestamps. */
public final class SignedContent {
    private static final String SHA256 = "SHA-256";

    private final byte[] signature;
    private final Digest digest;
    private final Optional<byte[][]> parts;
    private final Optional<byte[]> payload;
    private final Optional<byte[]> envelope;

    private SignedContent(
            byte[] signature,
            Digest digest,
            Optional<byte[][]> parts,
            Optional<byte[]> payload,
            Optional<byte[]> envelope) {
        this.signature = signature.clone();
        this.digest = digest;
        this.parts = parts;
        this.payload = payload;
        this.envelope = envelope;
    }

    /** Creates the content of a message of which only the digest is known. */
    public static SignedContent digestOnly(Digest digest, byte[] signature) {
        return new SignedContent(signature, digest, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Creates the content of a message. */
    public static SignedContent message(byte[] message, byte[] signature) {
        return new SignedContent(
                signature, Digest.of(message), Optional.of(new byte[][] {message}), Optional.empty(), Optional.empty());
    }

    /**
     * Creates the content of a DSSE envelope, whose signature covers head and payload; neither is copied.
     *
     * @param head the pre-authentication encoding up to the payload
     */
    public static SignedContent envelope(byte[] head, byte[] payload, byte[] signature) {
        MessageDigest sha256 = Digest.sha256();
        sha256.update(head);
        sha256.update(payload);
        return new SignedContent(
                signature,
                Digest.of(sha256),
                Optional.of(new byte[][] {head, payload}),
                Optional.of(payload),
                Optional.empty());
    }

    /**
     * Returns this envelope with its stored bytes. Older tools had the whole envelope logged and timestamped, which counts for
     * the signature in it.
     */
    public SignedContent storedAs(byte[] bytes) {
        return new SignedContent(signature, digest, parts, payload, Optional.of(bytes));
    }

    /** The signature's bytes. */
    public byte[] signature() {
        return signature.clone();
    }

    /** The SHA-256 of the signed bytes. */
    public Digest digest() {
        return digest;
    }

    /** The payload of an envelope; empty for a message. */
    Optional<byte[]> payload() {
        return payload;
    }

    /** The bytes of the envelope around the signature, where they are known. */
    Optional<byte[]> stored() {
        return envelope;
    }

    /** Whether this is the digest of the signed bytes; the algorithm may have any of its usual spellings. */
    boolean hasDigest(String algorithm, byte[] expected) {
        if (javaName(algorithm).equals(SHA256)) {
            return Arrays.equals(digest.bytes(), expected);
        }
        return parts.isPresent() && isDigest(algorithm, expected, parts.get());
    }

    /** Whether this is the digest of the signature, or of the stored envelope around it. */
    boolean isTimedBy(String algorithm, byte[] imprint) {
        return isDigest(algorithm, imprint, signature)
                || (envelope.isPresent() && isDigest(algorithm, imprint, envelope.get()));
    }

    private static boolean isDigest(String algorithm, byte[] expected, byte[]... parts) {
        String name = javaName(algorithm);
        if (name.isEmpty()) {
            return false;
        }
        try {
            MessageDigest computation = MessageDigest.getInstance(name);
            for (byte[] part : parts) {
                computation.update(part);
            }
            return Arrays.equals(computation.digest(), expected);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + name, e);
        }
    }

    private static String javaName(String algorithm) {
        return switch (algorithm.toUpperCase(Locale.ROOT)) {
            case "SHA256", "SHA2_256" -> SHA256;
            case "SHA384", "SHA2_384" -> "SHA-384";
            case "SHA512", "SHA2_512" -> "SHA-512";
            default -> "";
        };
    }
}
