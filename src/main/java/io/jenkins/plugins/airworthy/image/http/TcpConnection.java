package io.jenkins.plugins.airworthy.image.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A TCP connection to one address. Every wait is bounded by the current {@link WaitLimit} and ends if the thread is interrupted;
 * after every failure the pipe is closed. For one thread at a time.
 */
final class TcpConnection implements AutoCloseable {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private WaitLimit patience;
    private Optional<IOException> failure = Optional.empty();
    private Optional<IOException> hungUp = Optional.empty();

    private TcpConnection(SocketChannel channel, Selector selector, WaitLimit patience) throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.key = channel.register(selector, 0);
        this.patience = patience;
    }

    /** Connects within the patience. */
    static TcpConnection to(InetSocketAddress address, WaitLimit patience) throws IOException {
        SocketChannel channel = SocketChannel.open();
        TcpConnection pipe;
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            pipe = new TcpConnection(channel, Selector.open(), patience);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        pipe.connect(address);
        return pipe;
    }

    private void connect(InetSocketAddress address) throws IOException {
        try {
            boolean connected = channel.connect(address);
            while (!connected) {
                await(SelectionKey.OP_CONNECT);
                connected = channel.finishConnect();
            }
        } catch (IOException e) {
            if (failure.isPresent() || e instanceof ConnectException) {
                throw failed(e);
            }
            ConnectException noWay = new ConnectException("no route to it");
            noWay.initCause(e);
            throw failed(noWay);
        }
    }

    /** How long is waited from now on. */
    void expect(WaitLimit given) {
        patience = given;
    }

    /** The first failure of the pipe; upper layers may hide it. */
    Optional<IOException> failure() {
        return failure;
    }

    InetAddress peer() throws IOException {
        return ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
    }

    /** Waits for bytes; -1 at the end. */
    int receive(ByteBuffer target) throws IOException {
        int count = receiveNow(target);
        while (count == 0) {
            await(SelectionKey.OP_READ);
            count = receiveNow(target);
        }
        return count;
    }

    /** The bytes that are there, if any; -1 at the end. */
    int receiveNow(ByteBuffer target) throws IOException {
        int count = move(() -> read(target));
        if (count < 0 && hungUp.isPresent()) {
            throw failed(hungUp.get());
        }
        return count;
    }

    /** Waits until all is sent. */
    void send(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (sendNow(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    /**
     * Sends as much as possible without waiting. If the peer has closed its side, the bytes are dropped: its last bytes must still
     * be received before the failure is reported.
     */
    int sendNow(ByteBuffer bytes) throws IOException {
        return move(() -> {
            int count = hungUp.isPresent() ? drop(bytes) : write(bytes);
            patience.sent(count);
            return count;
        });
    }

    private int read(ByteBuffer target) throws IOException {
        int count = channel.read(target);
        patience.received(count);
        return count;
    }

    private int write(ByteBuffer bytes) throws IOException {
        try {
            return channel.write(bytes);
        } catch (IOException e) {
            if (!channel.isOpen()) {
                throw e;
            }
            hungUp = Optional.of(e);
            return drop(bytes);
        }
    }

    private static int drop(ByteBuffer bytes) {
        int count = bytes.remaining();
        bytes.position(bytes.limit());
        return count;
    }

    /** Waits until something can be sent, or received. */
    void awaitEither() throws IOException {
        await(SelectionKey.OP_WRITE | SelectionKey.OP_READ);
    }

    /** Whether something can be received at once, be it the end. */
    boolean hasReceived() throws IOException {
        requireNoInterrupt();
        try {
            key.interestOps(SelectionKey.OP_READ);
            boolean received = selector.selectNow() > 0;
            selector.selectedKeys().clear();
            return received;
        } catch (CancelledKeyException | ClosedSelectorException e) {
            throw failed(new AsynchronousCloseException());
        }
    }

    /** One step of reading or writing. */
    private interface Move {
        int run() throws IOException;
    }

    private int move(Move step) throws IOException {
        requireNoInterrupt();
        try {
            return step.run();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void await(int operations) throws IOException {
        long began = System.nanoTime();
        long end = began + patience.nanosLeft();
        try {
            key.interestOps(operations);
            do {
                requireNoInterrupt();
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw patience.exceeded();
                }
                // Never zero, which would be without bound.
                selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            } while (selector.selectedKeys().isEmpty());
            requireNoInterrupt();
            patience.waited(System.nanoTime() - began);
        } catch (IOException e) {
            throw failed(e);
        } catch (CancelledKeyException | ClosedSelectorException e) {
            throw failed(new AsynchronousCloseException());
        }
        selector.selectedKeys().clear();
    }

    private void requireNoInterrupt() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw failed(Interruption.tell(new InterruptedException()));
        }
    }

    private IOException failed(IOException reason) {
        failure = failure.or(() -> Optional.of(reason));
        close();
        return reason;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Twice does no harm. */
    @Override
    public void close() {
        try (selector) {
            channel.close();
        } catch (IOException e) {
            failure = failure.or(() -> Optional.of(e));
        }
    }
}
