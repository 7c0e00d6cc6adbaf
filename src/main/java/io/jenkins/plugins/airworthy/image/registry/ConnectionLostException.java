package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;

/** A request had no answer, or not a whole one; whether the registry acted on it is not known. */
final class ConnectionLostException extends UndecidedException {
    private static final long serialVersionUID = 1L;

    ConnectionLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
