package io.jenkins.plugins.airworthy.image.manifest;

import java.io.IOException;

/** The bytes that arrived are not those that were asked for, by digest or size; asking again helps only if the way was broken. */
public final class ContentMismatchException extends IOException {
    private static final long serialVersionUID = 1L;

    public ContentMismatchException(String message) {
        super(message);
    }
}
