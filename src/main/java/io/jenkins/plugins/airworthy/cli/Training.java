package io.jenkins.plugins.airworthy.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls {@link Main} with an image more: that of the layout folder {@code image}, served on loopback as by a registry. It is what
 * {@code bin/airworthy-prepare} runs, so that Java loads and archives what verdicts over registries need too.
 */
public final class Training {
    private static final Path LAYOUT = Path.of("image");
    private static final Pattern REQUEST = Pattern.compile("GET /v2/image/([a-z]+)/(\\S+) HTTP/1.1");
    private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");

    private Training() {}

    public static void main(String[] arguments) throws IOException {
        try (ServerSocket registry = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            start(() -> accept(registry));
            String[] more = Arrays.copyOf(arguments, arguments.length + 1);
            more[arguments.length] = "127.0.0.1:" + registry.getLocalPort() + "/image:1";
            Main.main(more);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "airworthy-training");
        thread.setDaemon(true);
        thread.start();
    }

    private static void accept(ServerSocket registry) {
        try {
            while (true) {
                Socket caller = registry.accept();
                start(() -> serve(caller));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(Socket caller) {
        try (caller;
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(caller.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher request = REQUEST.matcher(line);
                if (request.matches()) { // else it is a header
                    answer(request.group(1), request.group(2), caller.getOutputStream());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(String kind, String what, OutputStream out) throws IOException {
        byte[] index = Files.readAllBytes(LAYOUT.resolve("index.json"));
        Matcher digest = DIGEST.matcher(what);
        boolean listed = digest.find()
                || digest.reset(new String(index, StandardCharsets.UTF_8)).find();
        Path blob = LAYOUT.resolve("blobs/sha256").resolve(listed ? digest.group(1) : "none");
        boolean found = kind.equals("referrers") || (Files.exists(blob) && !what.startsWith("sha256-"));
        byte[] body = !found
                ? "{\"errors\": [{\"code\": \"MANIFEST_UNKNOWN\"}]}".getBytes(StandardCharsets.US_ASCII)
                : kind.equals("referrers") ? index : Files.readAllBytes(blob);
        String type = kind.equals("manifests") ? "manifest" : "index";
        String head = "HTTP/1.1 " + (found ? "200 OK" : "404 Not Found") + "\r\nContent-Length: " + body.length
                + "\r\nContent-Type: application/vnd.oci.image." + type + ".v1+json\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
    }
}
