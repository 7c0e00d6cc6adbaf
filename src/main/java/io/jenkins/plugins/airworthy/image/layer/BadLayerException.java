package io.jenkins.plugins.airworthy.image.layer;

import java.io.IOException;

/** The bytes of a layer are malformed. Callers that know the layer's digest add it to the message. */
public final class BadLayerException extends IOException {
    private static final long serialVersionUID = 1L;

    public BadLayerException(String problem) {
        super(problem);
    }

    public BadLayerException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
