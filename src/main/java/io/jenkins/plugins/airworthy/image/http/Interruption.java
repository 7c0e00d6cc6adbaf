package io.jenkins.plugins.airworthy.image.http;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Streams can tell an interruption only as an {@link IOException}; here it becomes one again. */
public final class Interruption {
    private Interruption() {}

    /** Throws when the failure is an interruption of this thread, which then no longer counts as interrupted. */
    public static void rethrow(IOException failure) throws InterruptedException {
        if (failure instanceof InterruptedIOException && Thread.interrupted()) {
            InterruptedException interruption = new InterruptedException(failure.getMessage());
            interruption.initCause(failure);
            throw interruption;
        }
    }

    /** The form in which a stream tells its reader; the thread counts as interrupted again. */
    public static InterruptedIOException tell(InterruptedException interruption) {
        Thread.currentThread().interrupt();
        InterruptedIOException failure = new InterruptedIOException("interrupted");
        failure.initCause(interruption);
        return failure;
    }
}
