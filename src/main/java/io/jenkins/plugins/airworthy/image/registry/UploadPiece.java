package io.jenkins.plugins.airworthy.image.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The next bytes of a stream, which continues after them. */
final class UploadPiece extends InputStream {
    private final InputStream source;
    private long left;

    UploadPiece(InputStream source, long length) {
        this.source = source;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        int next = left > 0 ? source.read() : -1;
        left -= next < 0 ? 0 : 1;
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length > 0 && left == 0) {
            return -1;
        }
        int count = source.read(buffer, offset, (int) Math.min(length, left));
        left -= Math.max(count, 0);
        return count;
    }
}
