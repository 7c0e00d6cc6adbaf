package io.jenkins.plugins.airworthy.image.layer;

import java.io.IOException;

/** What is wrong with the bytes of a layer, in our own words; translated where the layer's digest is known. */
public final class BadLayerException extends IOException {
    private static final long serialVersionUID = 1L;

    public BadLayerException(String problem) {
        super(problem);
    }

    public BadLayerException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
