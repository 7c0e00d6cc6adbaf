package io.jenkins.plugins.airworthy.tools;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy on loopback that wants a password, and alone knows where some hosts are. */
public final class ForwardProxy implements AutoCloseable {
    private static final int MAX_HEAD = 32 * 1024;

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> known = new ConcurrentHashMap<>();
    private final String authorization;

    /** @param authorization that opens it, as it is sent */
    public ForwardProxy(String authorization) throws IOException {
        this.authorization = authorization;
        start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Passes on to a port of this machine what is meant for a host with its port. */
    public void know(String host, int port) {
        known.put(host, port);
    }

    /** The first line of every request that began a connection. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            open.add(client);
            start(() -> serve(client));
        }
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            byte[] head = head(client.getInputStream());
            String text = new String(head, StandardCharsets.US_ASCII);
            String[] line = text.lines().findFirst().orElse("").split(" ");
            asked.add(String.join(" ", line));
            boolean tunnel = line[0].equals("CONNECT");
            Integer port = known.get(tunnel ? line[1] : URI.create(line[1]).getAuthority());
            if (!text.contains("\r\nProxy-Authorization: " + authorization + "\r\n")) {
                answer(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"out\"");
            } else if (port == null) {
                answer(client, "403 Forbidden");
            } else {
                passOn(client, port, tunnel ? new byte[0] : head);
            }
        }
    }

    private void passOn(Socket client, int port, byte[] first) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            open.add(server);
            if (first.length == 0) {
                answer(client, "200 Connection established");
            }
            server.getOutputStream().write(first);
            start(() -> pass(server, client));
            pass(client, server);
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private static void answer(Socket client, String status) throws IOException {
        OutputStream out = client.getOutputStream();
        String length = status.startsWith("200") ? "" : "Content-Length: 0\r\n";
        out.write(("HTTP/1.1 " + status + "\r\n" + length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && head.size() < MAX_HEAD; next = in.read()) {
            head.write(next);
            if (next == '\n' && head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                break;
            }
        }
        return head.toByteArray();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                return; // one side has gone
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
