package io.jenkins.plugins.airworthy.image.http;

import io.jenkins.plugins.airworthy.tools.TlsServer;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does on each connection what a test says, with or without TLS. */
final class ScriptedServer implements AutoCloseable {
    private static final TlsServer.Authority AUTHORITY = authority();

    private final ServerSocket server;
    private final boolean encrypted;
    private final Script script;
    private final AtomicInteger connections = new AtomicInteger();
    private final Semaphore reached = new Semaphore(0);

    /** What is done on one connection, which is closed afterwards. */
    interface Script {
        void run(Socket socket) throws Exception;
    }

    ScriptedServer(boolean encrypted, Script script) throws IOException {
        this.encrypted = encrypted;
        this.script = script;
        this.server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
        start(this::accept);
    }

    private static TlsServer.Authority authority() {
        try {
            return new TlsServer.Authority("own");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What speaks to it. */
    static Transport transport(Timeouts waits) throws Exception {
        return transport(waits, Proxies.NONE);
    }

    static Transport transport(Timeouts waits, Proxies proxies) throws Exception {
        SSLContext context = AUTHORITY.trusting();
        return new Transport(waits, target -> context, proxies);
    }

    static Timeouts all(Duration limit) {
        return new Timeouts(limit, limit, limit, limit);
    }

    URI uri() {
        return uri("localhost");
    }

    URI uri(String host) {
        return URI.create((encrypted ? "https://" : "http://") + host + ":" + server.getLocalPort() + "/a?b");
    }

    OutgoingRequest request(String method) {
        return new OutgoingRequest(method, uri(), Map.of(), false);
    }

    int connections() {
        return connections.get();
    }

    /** Tells the test that the script is where it waits. */
    void reach() {
        reached.release();
    }

    void awaitReached() throws InterruptedException {
        reached.acquire();
    }

    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int one = in.read();
            if (one < 0) {
                throw new IOException("ended");
            }
            head.append((char) one);
        }
        return head.toString();
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                start(() -> serve(socket));
            } catch (IOException e) {
                return; // the test is over
            }
        }
    }

    private void serve(Socket accepted) {
        try (Socket socket = encrypted ? encrypted(accepted) : accepted) {
            script.run(socket);
        } catch (Exception e) {
            return; // the client has enough
        }
    }

    static SSLSocket encrypted(Socket socket) throws Exception {
        SSLSocket layered =
                (SSLSocket) new TlsServer().rotate(AUTHORITY).createSocket(socket, "localhost", socket.getPort(), true);
        layered.setUseClientMode(false);
        return layered;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
