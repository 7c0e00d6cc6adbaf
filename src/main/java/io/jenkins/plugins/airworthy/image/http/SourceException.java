package io.jenkins.plugins.airworthy.image.http;

import java.io.IOException;

/** What was to be sent could not be read; the server is not to blame, and trying again would not help. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    SourceException(IOException cause) {
        super(cause.getMessage(), cause);
    }

    public IOException reason() {
        return (IOException) getCause();
    }
}
