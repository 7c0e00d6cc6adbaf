package io.jenkins.plugins.airworthy.test.files;

import java.io.IOException;

/** What is wrong with the bytes of a layer, in our own words; translated where the layer's digest is known. */
final class BadLayerException extends IOException {
    private static final long serialVersionUID = 1L;

    BadLayerException(String problem) {
        super(problem);
    }

    BadLayerException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
