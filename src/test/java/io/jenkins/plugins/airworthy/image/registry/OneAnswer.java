package io.jenkins.plugins.airworthy.image.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A server that answers each request with the next of the given bytes, which need not be HTTP, or the last of them again, and
 * closes the connection.
 */
final class OneAnswer {
    private static final int MAX_HEAD = 64 * 1024;

    private final ServerSocket socket;
    private final Deque<byte[]> answers = new ArrayDeque<>();

    OneAnswer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "answers");
        thread.setDaemon(true);
        thread.start();
    }

    String host() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    synchronized void answer(byte[]... next) {
        answers.clear();
        answers.addAll(java.util.List.of(next));
    }

    private synchronized byte[] next() {
        return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                connection.setSoTimeout(1_000);
                readHead(connection.getInputStream());
                connection.getOutputStream().write(next());
                connection.shutdownOutput();
            } catch (IOException e) {
                // The client has enough, or never asked.
            }
        }
    }

    private static void readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0 && head.length() < MAX_HEAD) {
            byte[] some = new byte[4_096];
            int length = in.read(some);
            if (length < 0) {
                return;
            }
            head.append(new String(some, 0, length, StandardCharsets.ISO_8859_1));
        }
    }
}
