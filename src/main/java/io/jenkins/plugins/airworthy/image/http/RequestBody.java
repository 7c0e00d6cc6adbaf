package io.jenkins.plugins.airworthy.image.http;

import java.io.IOException;
import java.io.InputStream;

/** The body of a request, read by the thread that waits for its answer. Refuses a source of another length. */
record RequestBody(InputStream source, long length) {
    void read(byte[] target, int count) throws SourceException {
        try {
            if (source.readNBytes(target, 0, count) < count) {
                throw new SourceException(new IOException("the content ended early"));
            }
        } catch (IOException e) {
            throw new SourceException(e);
        }
    }

    void requireEnd() throws SourceException {
        try {
            if (source.read() >= 0) {
                throw new SourceException(new IOException("the content is longer than announced"));
            }
        } catch (IOException e) {
            throw new SourceException(e);
        }
    }
}
