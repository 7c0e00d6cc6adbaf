package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.image.http.OutgoingRequest;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import io.jenkins.plugins.airworthy.image.http.Response;
import io.jenkins.plugins.airworthy.image.http.Timeouts;
import io.jenkins.plugins.airworthy.image.http.Transport;

import javax.net.ssl.SSLContext;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A log on a web server. Time and size of an answer are bounded; redirects are not followed. */
final class WebSource implements LogSource {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Timeouts WAITS = new Timeouts(Duration.ofSeconds(15), WAIT, WAIT, Duration.ofSeconds(15));
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final Map<String, String> HEADERS =
            Map.of("Accept", "*/*", "User-Agent", "airworthy", "Accept-Encoding", "identity");

    private final String place;
    private final Transport transport;

    WebSource(URI place, Proxies proxies) {
        this.place = place.toString().replaceAll("/+$", "");
        this.transport = new Transport(WAITS, target -> platformTls(), proxies);
    }

    private static SSLContext platformTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    @Override
    public Optional<byte[]> read(String path, int maxBytes) throws IOException {
        URI file = URI.create(place + "/" + path);
        try (Response answer = transport.send(new OutgoingRequest("GET", file, HEADERS, false))) {
            if (answer.status() == NOT_FOUND) {
                answer.discard();
                return Optional.empty();
            }
            if (answer.status() != OK) {
                throw new IOException("the server answered with status " + answer.status());
            }
            String encoding = answer.header("Content-Encoding").orElse("identity");
            if (!encoding.equals("identity")) {
                throw new IOException("the server compressed it without being asked to");
            }
            return Optional.of(answer.bytes(maxBytes)
                    .orElseThrow(() -> new IOException("it has more than " + maxBytes + " bytes")));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    @Override
    public String toString() {
        return place;
    }
}
