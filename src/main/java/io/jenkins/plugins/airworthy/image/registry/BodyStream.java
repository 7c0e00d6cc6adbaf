package io.jenkins.plugins.airworthy.image.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer, read as it comes, in bounded memory. Fails when no byte comes for too long or bytes only drip,
 * and at once when its reader is interrupted: the client's own stream does neither.
 */
final class BodyStream extends InputStream implements HttpResponse.BodySubscriber<BodyStream> {
    /** How many bytes may wait to be read, at most: the client hands over buffers that are full or nearly empty. */
    static final int WINDOW_BYTES = 1024 * 1024;

    /** What the client reads at once unless a property says otherwise. */
    private static final int CLIENTS_BUFFER_BYTES = 16 * 1024;

    /** How many of the client's buffers that are. */
    private static final int WINDOW = window(Integer.getInteger("jdk.httpclient.bufsize", CLIENTS_BUFFER_BYTES));

    /** Whoever sends less in a second, over the time in which a body counts as stalled, drips. */
    static final int SLOWEST_BYTES_PER_SECOND = 8 * 1024;

    private static final Part END = new Part(List.of(), null, true);

    private final Duration stall;
    private final LinkedBlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final Deque<ByteBuffer> current = new ArrayDeque<>();
    private volatile Flow.Subscription subscription;
    private volatile boolean closed;
    private int taken;
    private long waitedNanos;
    private long arrived;
    private boolean ended;

    private record Part(List<ByteBuffer> buffers, Throwable failure, boolean last) {}

    BodyStream(Duration stall) {
        this.stall = stall;
    }

    /** At least two, so that one can be filled while another is read. */
    static int window(int bufferBytes) {
        return Math.max(2, WINDOW_BYTES / Math.max(1, bufferBytes));
    }

    @Override
    public CompletionStage<BodyStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(WINDOW);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        parts.add(new Part(buffers, null, false));
    }

    @Override
    public void onError(Throwable failure) {
        parts.add(new Part(List.of(), failure, true));
    }

    @Override
    public void onComplete() {
        parts.add(END);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        int filled = 0;
        while (filled < length && (filled == 0 || !current.isEmpty() || !parts.isEmpty())) {
            if (current.isEmpty() && !advance()) {
                break;
            }
            ByteBuffer buffer = current.peek();
            if (buffer != null) {
                int count = Math.min(length - filled, buffer.remaining());
                buffer.get(target, offset + filled, count);
                filled += count;
                if (!buffer.hasRemaining()) {
                    current.remove();
                }
            }
        }
        return filled == 0 && length > 0 ? -1 : filled;
    }

    /** Takes the next part; false at the end. */
    private boolean advance() throws IOException {
        if (closed) {
            throw new IOException("the body was closed");
        }
        if (ended) {
            return false;
        }
        Part part;
        long began = System.nanoTime();
        try {
            part = parts.poll(stall.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            close();
            throw Interruption.tell(e);
        }
        if (part == null) {
            close();
            throw new HttpTimeoutException("no byte within " + stall.toSeconds() + " s");
        }
        if (part.failure() != null) {
            parts.add(part); // every further read fails too
            Connections.rethrowError(part.failure());
            throw new IOException("the connection was lost within a body", part.failure());
        }
        requireFlow(part, System.nanoTime() - began);
        ended = part.last();
        current.addAll(part.buffers());
        if (++taken == WINDOW / 2) {
            taken = 0;
            subscription.request(WINDOW / 2);
        }
        return !ended;
    }

    /** Counts only the time in which the reader waited, since a slow reader is no fault of the sender's. */
    private void requireFlow(Part part, long nanos) throws IOException {
        waitedNanos += nanos;
        for (ByteBuffer buffer : part.buffers()) {
            arrived += buffer.remaining();
        }
        if (waitedNanos < stall.toNanos()) {
            return;
        }
        if (!part.last() && arrived < SLOWEST_BYTES_PER_SECOND * (waitedNanos / 1e9)) {
            close();
            throw new DrippingException();
        }
        waitedNanos = 0;
        arrived = 0;
    }

    /** Trying again would take as long. */
    static final class DrippingException extends HttpTimeoutException {
        private static final long serialVersionUID = 1L;

        DrippingException() {
            super("fewer than " + SLOWEST_BYTES_PER_SECOND + " bytes a second");
        }
    }

    @Override
    public void close() {
        closed = true;
        Flow.Subscription given = subscription;
        if (given != null && !ended) {
            given.cancel();
        }
    }
}
