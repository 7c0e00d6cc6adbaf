package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;

import java.time.Duration;

/** A request had no answer, an incomplete one, or a temporary failure; whether the registry acted on it is unknown. */
final class ConnectionLostException extends UndecidedException {
    private static final long serialVersionUID = 1L;

    private final Duration after;

    ConnectionLostException(String message, Throwable cause) {
        this(message, cause, Duration.ZERO);
    }

    /** @param after how long the registry asks to wait before the next attempt */
    ConnectionLostException(String message, Throwable cause, Duration after) {
        super(message, cause);
        this.after = after;
    }

    Duration after() {
        return after;
    }
}
