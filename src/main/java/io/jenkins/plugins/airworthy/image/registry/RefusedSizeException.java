package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;

/** A registry, or a proxy before it, takes no body of this size at once. */
final class RefusedSizeException extends UndecidedException {
    private static final long serialVersionUID = 1L;

    RefusedSizeException(UndecidedException failure) {
        super(failure.getMessage(), failure);
    }
}
