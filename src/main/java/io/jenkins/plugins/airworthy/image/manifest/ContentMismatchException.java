package io.jenkins.plugins.airworthy.image.manifest;

import java.io.IOException;

/** The received bytes do not have the requested digest or size; a retry helps only if the transfer was damaged. */
public final class ContentMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    public ContentMismatchException(String message) {
        super(message);
    }
}
