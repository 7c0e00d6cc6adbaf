package io.jenkins.plugins.airworthy.image.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;

/**
 * The body of a response as a stream. Fails if it stalls or is too slow, and at once if its
 * reader is interrupted. After its end, the connection is available for the next request.
 */
public final class BodyStream extends InputStream {
    /** Minimum rate in bytes per second, over the stall time; slower senders are given up. */
    public static final int SLOWEST_BYTES_PER_SECOND = WaitLimit.SLOWEST_BYTES_PER_SECOND;

    private final InputStream content;
    private final Connection connection;
    private final boolean keep;
    private final WaitLimit.WhileFlowing patience;
    private long left;
    private boolean ended;
    private boolean closed;

    /** @param length negative when it is not known */
    BodyStream(InputStream content, long length, Connection connection, boolean keep, WaitLimit.WhileFlowing patience) {
        this.content = content;
        this.connection = connection;
        this.keep = keep;
        this.patience = patience;
        this.left = length;
        if (length == 0) {
            end();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (closed) {
            throw new IOException("the body was closed");
        }
        if (ended) {
            return -1;
        }
        if (length == 0) {
            return 0;
        }
        int count;
        try {
            count = content.read(target, offset, length);
        } catch (IOException e) {
            close();
            IOException cause = connection.cause(e);
            throw cause instanceof InterruptedIOException
                    ? cause
                    : new IOException("the connection was lost within a body", cause);
        }
        left -= count;
        if (count < 0) {
            end();
        } else {
            patience.flowed(count);
        }
        return count;
    }

    private void end() {
        ended = true;
        if (keep) {
            IdleConnections.SHARED.give(connection);
        } else {
            connection.close();
        }
    }

    /** Closes the stream; before its end this closes the connection, unless the rest was received already. */
    @Override
    public void close() {
        if (closed || ended) {
            closed = true;
            return;
        }
        closed = true;
        if (isHere() && keep) {
            end();
        } else {
            connection.close();
        }
    }

    private boolean isHere() {
        try {
            return left >= 0 && content.available() >= left && content.skip(left) == left;
        } catch (IOException e) {
            return false;
        }
    }
}
