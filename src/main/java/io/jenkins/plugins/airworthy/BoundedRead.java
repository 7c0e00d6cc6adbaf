package io.jenkins.plugins.airworthy;

import java.io.FilterInputStream;
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
        byte[] bytes = new AnyStream(in).readNBytes(maxBytes);
        return in.read() < 0 ? Optional.of(bytes) : Optional.empty();
    }

    /** A stream that is only read: that of a file asks for its position first, which a pipe does not have. */
    private static final class AnyStream extends FilterInputStream {
        AnyStream(InputStream in) {
            super(in);
        }
    }
}
