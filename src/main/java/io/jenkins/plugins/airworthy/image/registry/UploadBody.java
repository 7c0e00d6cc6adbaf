package io.jenkins.plugins.airworthy.image.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The body of an upload, read by the thread that waits for the upload, so that interrupting that thread ends both, and
 * nothing is read that the registry does not take. One buffer is on its way at a time.
 */
final class UploadBody implements HttpRequest.BodyPublisher, Flow.Subscription {
    /** Bytes handed to the connection at once. */
    static final int BUFFER_BYTES = 256 * 1024;

    private final long length;
    private final Semaphore demand = new Semaphore(0);
    private volatile Flow.Subscriber<? super ByteBuffer> subscriber;
    private volatile boolean cancelled;

    UploadBody(long length) {
        this.length = length;
    }

    @Override
    public long contentLength() {
        return length;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> given) {
        subscriber = given;
        given.onSubscribe(this);
    }

    @Override
    public void request(long count) {
        demand.release((int) Math.min(count, BUFFER_BYTES));
    }

    @Override
    public void cancel() {
        cancelled = true;
        demand.release();
    }

    /**
     * Sends the source's bytes until they are all sent or the exchange ended without them.
     *
     * @throws SourceException when the source fails or has another length than announced
     */
    void send(InputStream source, CompletableFuture<?> exchange, Duration stall)
            throws SourceException, HttpTimeoutException, InterruptedException {
        var unused = exchange.whenComplete((answer, failure) -> cancel());
        long left = length;
        while (left > 0) {
            // Read before waiting, so that reading and sending overlap.
            byte[] buffer = read(source, (int) Math.min(BUFFER_BYTES, left));
            left -= buffer.length;
            if (!demand.tryAcquire(stall.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new HttpTimeoutException("no byte was taken within " + stall.toSeconds() + " s");
            }
            if (cancelled) {
                return;
            }
            subscriber.onNext(ByteBuffer.wrap(buffer));
        }
        requireEnd(source);
        subscriber.onComplete();
    }

    private static byte[] read(InputStream source, int count) throws SourceException {
        try {
            byte[] buffer = source.readNBytes(count);
            if (buffer.length < count) {
                throw new SourceException(new IOException("the content ended early"));
            }
            return buffer;
        } catch (IOException e) {
            throw new SourceException(e);
        }
    }

    private static void requireEnd(InputStream source) throws SourceException {
        try {
            if (source.read() >= 0) {
                throw new SourceException(new IOException("the content is longer than announced"));
            }
        } catch (IOException e) {
            throw new SourceException(e);
        }
    }

    /** What was to be sent could not be read; the registry is not to blame, and trying again would not help. */
    static final class SourceException extends Exception {
        private static final long serialVersionUID = 1L;

        SourceException(IOException cause) {
            super(cause.getMessage(), cause);
        }

        IOException reason() {
            return (IOException) getCause();
        }
    }
}
