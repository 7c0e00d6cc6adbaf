package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;

/** An answer had more bytes than the limit. */
final class TooLargeException extends UndecidedException {
    private static final long serialVersionUID = 1L;

    TooLargeException(UndecidedException failure) {
        super(failure.getMessage());
    }
}
