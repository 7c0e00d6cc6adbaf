package io.jenkins.plugins.airworthy.image.http;

import java.io.IOException;

/** The content to send could not be read; this is not the server's fault, and a retry would not help. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    SourceException(IOException cause) {
        super(cause.getMessage(), cause);
    }

    public IOException reason() {
        return (IOException) getCause();
    }
}
