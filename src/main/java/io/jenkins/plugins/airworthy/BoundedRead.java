package io.jenkins.plugins.airworthy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads untrusted input up to a size limit. */
public final class BoundedRead {
    private BoundedRead() {}

    /**
     * Reads all remaining bytes.
     *
     * @param maxBytes the limit; at most one byte more is read
     * @return the bytes; empty if there are more than the limit, so that the caller can name its input in the error
     */
    public static Optional<byte[]> whole(InputStream in, int maxBytes) throws IOException {
        byte[] bytes = in.readNBytes(maxBytes);
        return in.read() < 0 ? Optional.of(bytes) : Optional.empty();
    }
}
