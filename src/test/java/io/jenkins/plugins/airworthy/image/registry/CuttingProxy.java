package io.jenkins.plugins.airworthy.image.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** A network that breaks: passes connections on to a server, and cuts one of them once. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final int target;
    private final AtomicLong untilCut;
    private final String cutAt;
    private final AtomicBoolean cut = new AtomicBoolean();

    private CuttingProxy(int target, long bytesBeforeCut, String cutAt) throws IOException {
        this.target = target;
        this.untilCut = new AtomicLong(bytesBeforeCut);
        this.cutAt = cutAt;
        start(this::accept);
    }

    /** Cuts the connection that sends the byte with this number. */
    static CuttingProxy afterBytes(int target, long bytes) throws IOException {
        return new CuttingProxy(target, bytes, "");
    }

    /** Cuts the connection that sends the first request beginning so, instead of passing it on. */
    static CuttingProxy atRequest(int target, String beginning) throws IOException {
        return new CuttingProxy(target, Long.MAX_VALUE, beginning);
    }

    String host() {
        return "localhost:" + listener.getLocalPort();
    }

    boolean hasCut() {
        return cut.get();
    }

    private boolean isToBeCut(byte[] buffer, int count) {
        long before = untilCut.getAndAdd(-count);
        boolean atByte = before > 0 && before <= count;
        boolean atRequest = !cutAt.isEmpty()
                && new String(buffer, 0, Math.min(count, cutAt.length()), StandardCharsets.US_ASCII).equals(cutAt);
        return (atByte || atRequest) && cut.compareAndSet(false, true);
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.addAll(List.of(client, server));
            start(() -> pass(client, server, true));
            start(() -> pass(server, client, false));
        }
    }

    private void pass(Socket from, Socket to, boolean counted) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (counted && isToBeCut(buffer, count)) {
                    return;
                }
                out.write(buffer, 0, count);
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                return; // a connection that ended: what this proxy is for
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
