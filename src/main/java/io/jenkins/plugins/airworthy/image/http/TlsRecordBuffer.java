package io.jenkins.plugins.airworthy.image.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** A buffer of received TLS records (<a href="https://www.rfc-editor.org/rfc/rfc8446#section-5.1">RFC 8446, section 5.1</a>). */
final class TlsRecordBuffer {
    /** What is received at once; a record has 16 KiB and a little more. */
    static final int BYTES = 64 * 1024;

    private static final int HEAD_BYTES = 5;
    private static final int LENGTH_AT = 3;

    private final TcpConnection pipe;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES).flip();
    private int admitted;
    private boolean ended;

    TlsRecordBuffer(TcpConnection pipe) {
        this.pipe = pipe;
    }

    boolean isEmpty() {
        return !bytes.hasRemaining();
    }

    boolean hasEnded() {
        return ended;
    }

    /** Takes what is there, as far as it fits. */
    void fillNow() throws IOException {
        bytes.compact();
        try {
            ended = ended || (bytes.hasRemaining() && pipe.receiveNow(bytes) < 0);
        } finally {
            bytes.flip();
        }
    }

    /**
     * Reads as a stream does.
     *
     * @param onlyWhole nothing is waited for, and of a record that is not there to its end not a byte is read
     * @throws SocketTimeoutException when {@code onlyWhole} leaves nothing to read
     */
    int read(byte[] target, int offset, int length, boolean onlyWhole) throws IOException {
        if (onlyWhole && admitted == 0) {
            admitted = whole();
        }
        int readable = onlyWhole ? admitted : bytes.remaining();
        if (readable == 0 && onlyWhole && !ended) {
            throw new SocketTimeoutException("no whole record");
        }
        if (readable == 0 && !ended) {
            readable = fill();
        }
        if (readable <= 0) {
            return -1;
        }
        int count = Math.min(length, readable);
        bytes.get(target, offset, count);
        admitted = Math.max(0, admitted - count);
        return count;
    }

    private int fill() throws IOException {
        bytes.clear();
        int count = 0;
        try {
            count = pipe.receive(bytes);
        } finally {
            bytes.flip();
        }
        ended = count < 0;
        return count;
    }

    /**
     * How many bytes the whole records have; TLS reads each to its end before it looks at the next. One that is longer than
     * any is shown as it is: its end will never be here, and TLS refuses it by its head.
     */
    private int whole() {
        int at = bytes.position();
        while (at + HEAD_BYTES <= bytes.limit()) {
            int next = at + HEAD_BYTES + (bytes.getShort(at + LENGTH_AT) & 0xffff);
            if (next - at > BYTES) {
                at = bytes.limit();
                break;
            }
            if (next > bytes.limit()) {
                break;
            }
            at = next;
        }
        return at - bytes.position();
    }
}
