package io.jenkins.plugins.airworthy.jenkins.step;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A registry that accepts calls and never answers: its client stays in the middle of its work until it is stopped. */
final class SilentRegistry implements AutoCloseable {
    private final ServerSocket server;
    private final CountDownLatch called = new CountDownLatch(1);
    private final List<Socket> callers = new ArrayList<>();

    SilentRegistry() throws IOException {
        this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread listener = new Thread(this::listen, "silent registry");
        listener.setDaemon(true);
        listener.start();
    }

    String host() {
        return "localhost:" + server.getLocalPort();
    }

    /** Returns once a client has called. */
    void awaitCall() throws InterruptedException {
        if (!called.await(2, TimeUnit.MINUTES)) {
            throw new AssertionError("nobody called");
        }
    }

    private void listen() {
        try {
            while (true) {
                Socket caller = server.accept();
                synchronized (callers) {
                    callers.add(caller);
                }
                called.countDown();
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (callers) {
            for (Socket caller : callers) {
                caller.close();
            }
        }
    }
}
