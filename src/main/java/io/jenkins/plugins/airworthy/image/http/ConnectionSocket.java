package io.jenkins.plugins.airworthy.image.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketImpl;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;

/**
 * A pipe in the form in which TLS and HTTP take it: a socket. What is written stays in a buffer until that is full or
 * something is read, so that a sender can look for a response that arrives before the body was sent completely.
 */
final class ConnectionSocket extends Socket {
    /** What is sent at once, at most: two parts of a body, with what TLS adds to them. */
    static final int OUTBOX_BYTES = 136 * 1024;

    /** What is received at once, at most: the platform keeps a buffer of this size for each thread. */
    private static final int MOST_BYTES = 128 * 1024;

    private final TcpConnection pipe;
    private final ByteBuffer outbox = ByteBuffer.allocateDirect(OUTBOX_BYTES);
    private final InputStream input = new Input();
    private final OutputStream output = new Output();
    private Optional<TlsRecordBuffer> records = Optional.empty();
    private boolean onlyReceiving;
    private int timeout;

    ConnectionSocket(TcpConnection pipe) throws IOException {
        super((SocketImpl) null);
        this.pipe = pipe;
    }

    TcpConnection pipe() {
        return pipe;
    }

    /** From now on what is received are records of TLS. */
    void carryRecords() {
        records = Optional.of(new TlsRecordBuffer(pipe));
    }

    /** Whether there is nothing to send and nothing to receive, not even the end. */
    boolean isQuiet() throws IOException {
        return outbox.position() == 0 && records.map(TlsRecordBuffer::isEmpty).orElse(true) && !pipe.hasReceived();
    }

    /** Whether what was received last may be a record that is for TLS alone, and not the beginning of an answer. */
    boolean mayBeForTlsAlone() {
        return records.isPresent() && !records.get().hasEnded();
    }

    /** While this is true, reading does not send earlier written bytes first. */
    void onlyReceive(boolean only) {
        onlyReceiving = only;
    }

    /**
     * Sends until so many bytes more can be written without waiting.
     *
     * @return false as soon as something was received: an answer, a record that TLS wants to see, or the end
     */
    boolean makeRoom(int bytes) throws IOException {
        while (true) {
            if (pipe.hasReceived()) {
                if (records.isPresent()) {
                    records.get().fillNow();
                }
                return false;
            }
            if (outbox.remaining() >= bytes) {
                return true;
            }
            outbox.flip();
            int sent = pipe.sendNow(outbox);
            outbox.compact();
            if (sent == 0) {
                pipe.awaitEither();
            }
        }
    }

    private void sendAll() throws IOException {
        outbox.flip();
        pipe.send(outbox);
        outbox.clear();
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, target.length);
            if (length == 0) {
                return 0;
            }
            boolean waiting = timeout == 0;
            if (waiting && !onlyReceiving && outbox.position() > 0) {
                sendAll();
            }
            if (records.isPresent()) {
                return records.get().read(target, offset, length, !waiting);
            }
            ByteBuffer buffer = ByteBuffer.wrap(target, offset, Math.min(length, MOST_BYTES));
            int count = waiting ? pipe.receive(buffer) : pipe.receiveNow(buffer);
            if (count == 0) {
                throw new SocketTimeoutException("nothing was received yet");
            }
            return count;
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, source.length);
            int written = 0;
            while (written < length) {
                if (!outbox.hasRemaining()) {
                    sendAll();
                }
                int count = Math.min(outbox.remaining(), length - written);
                outbox.put(source, offset + written, count);
                written += count;
            }
        }

        /** Sends what is taken at once; the rest goes when there is need. */
        @Override
        public void flush() throws IOException {
            outbox.flip();
            pipe.sendNow(outbox);
            outbox.compact();
        }
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    /** With anything but zero nothing is waited for. Of TLS only whole records are read then. */
    @Override
    public synchronized void setSoTimeout(int millis) {
        timeout = millis;
    }

    @Override
    public synchronized int getSoTimeout() {
        return timeout;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isClosed() {
        return !pipe.isOpen();
    }

    @Override
    public synchronized void close() {
        pipe.close();
    }

    @Override
    public String toString() {
        return "connection";
    }
}
