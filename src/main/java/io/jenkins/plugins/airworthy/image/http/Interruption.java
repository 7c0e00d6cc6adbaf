package io.jenkins.plugins.airworthy.image.http;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Converts an interruption, which streams can report only as an {@link IOException}, back into {@link InterruptedException}. */
public final class Interruption {
    private Interruption() {}

    /** Throws if the failure is an interruption of this thread, and clears the thread's flag. */
    public static void rethrow(IOException failure) throws InterruptedException {
        if (failure instanceof InterruptedIOException && Thread.interrupted()) {
            InterruptedException interruption = new InterruptedException(failure.getMessage());
            interruption.initCause(failure);
            throw interruption;
        }
    }

    /** Returns the exception for a stream's reader, and sets the thread's flag again. */
    public static InterruptedIOException tell(InterruptedException interruption) {
        Thread.currentThread().interrupt();
        InterruptedIOException failure = new InterruptedIOException("interrupted");
        failure.initCause(interruption);
        return failure;
    }
}
