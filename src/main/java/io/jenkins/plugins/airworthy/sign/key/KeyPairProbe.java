package io.jenkins.plugins.airworthy.sign.key;

import java.nio.charset.StandardCharsets;

/** Tries whether the two halves of a key belong together: the private one signs a text, which the public one verifies. */
public final class KeyPairProbe {
    private static final byte[] TEXT = "Do both halves belong together?".getBytes(StandardCharsets.US_ASCII);

    private KeyPairProbe() {}

    /**
     * A private half, wherever it is.
     *
     * @param <E> what it throws when it cannot sign
     */
    @FunctionalInterface
    public interface PrivateHalf<E extends Exception> {
        byte[] sign(byte[] message) throws E;
    }

    /** Whether they belong together. */
    public static <E extends Exception> boolean belongTogether(VerificationKey publicHalf, PrivateHalf<E> privateHalf)
            throws E {
        return publicHalf.verifyNew(TEXT, privateHalf.sign(TEXT));
    }
}
