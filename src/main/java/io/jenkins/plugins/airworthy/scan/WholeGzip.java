package io.jenkins.plugins.airworthy.scan;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads all members of a gzip file (<a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952</a>). Refuses bytes after them, which
 * Java's own class ignores.
 */
final class WholeGzip extends GZIPInputStream {
    /** The length of a member's trailer, in bytes: checksum and size. */
    private static final int TRAILER = 8;

    WholeGzip(InputStream in, int buffer) throws IOException {
        super(in, buffer);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read < 0 && (inf.getRemaining() > TRAILER || in.read() >= 0)) {
            throw new ZipException("more follows than gzip");
        }
        return read;
    }
}
