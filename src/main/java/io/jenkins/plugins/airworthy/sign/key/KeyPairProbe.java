package io.jenkins.plugins.airworthy.sign.key;

import java.nio.charset.StandardCharsets;

/** Checks that a private and a public key belong together: the private key signs a text, and the public key verifies it. */
public final class KeyPairProbe {
    private static final byte[] TEXT = "Do both halves belong together?".getBytes(StandardCharsets.US_ASCII);

    private KeyPairProbe() {}

    /**
     * Signs with the private key, wherever it is.
     *
     * @param <E> the exception thrown if signing fails
     */
    @FunctionalInterface
    public interface PrivateHalf<E extends Exception> {
        byte[] sign(byte[] message) throws E;
    }

    /** Whether the keys belong together. */
    public static <E extends Exception> boolean belongTogether(VerificationKey publicHalf, PrivateHalf<E> privateHalf)
            throws E {
        return publicHalf.verifyNew(TEXT, privateHalf.sign(TEXT));
    }
}
