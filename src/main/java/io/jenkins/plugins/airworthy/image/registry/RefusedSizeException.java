package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;

/** A registry, or a proxy before it, refused a request with a body of this size. */
final class RefusedSizeException extends UndecidedException {
    private static final long serialVersionUID = 1L;

    RefusedSizeException(UndecidedException failure) {
        super(failure.getMessage(), failure);
    }
}
