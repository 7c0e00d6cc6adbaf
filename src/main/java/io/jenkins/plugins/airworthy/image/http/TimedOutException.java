package io.jenkins.plugins.airworthy.image.http;

import java.io.InterruptedIOException;

/** A time limit for a peer was exceeded. */
public class TimedOutException extends InterruptedIOException {
    private static final long serialVersionUID = 1L;

    TimedOutException(String message) {
        super(message);
    }

    /** No connection was established: nothing was sent. */
    public static final class Connecting extends TimedOutException {
        private static final long serialVersionUID = 1L;

        Connecting(String message) {
            super(message);
        }
    }

    /** The transfer was too slow. A retry would take as long. */
    public static final class Dripping extends TimedOutException {
        private static final long serialVersionUID = 1L;

        Dripping() {
            super("fewer than " + WaitLimit.SLOWEST_BYTES_PER_SECOND + " bytes a second");
        }
    }
}
