package io.jenkins.plugins.airworthy.image.http;

import javax.net.ssl.SSLContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sends single HTTP/1.1 requests; callers handle redirects, credentials and retries. A request ends
 * if its thread is interrupted, and every wait is bounded.
 */
public final class Transport {
    private final Timeouts waits;
    private final Function<URI, SSLContext> tls;
    private final Proxies proxies;
    private final Connector connector;

    /** @param tls asked for each encrypted connection, and to give the same each time for one place */
    public Transport(Timeouts waits, Function<URI, SSLContext> tls, Proxies proxies) {
        this.waits = waits;
        this.tls = tls;
        this.proxies = proxies;
        this.connector = new Connector(waits.connect());
    }

    public Response send(OutgoingRequest request) throws IOException, InterruptedException {
        return unfailing(request, Optional.empty());
    }

    public Response send(OutgoingRequest request, byte[] body) throws IOException, InterruptedException {
        return unfailing(request, Optional.of(new RequestBody(new ByteArrayInputStream(body), body.length)));
    }

    private Response unfailing(OutgoingRequest request, Optional<RequestBody> body)
            throws IOException, InterruptedException {
        try {
            return exchange(request, body, waits.response());
        } catch (SourceException e) {
            throw new IllegalStateException("bytes in memory have an end", e);
        }
    }

    /** Sends {@code length} bytes of the source as the body. */
    public Response upload(OutgoingRequest request, InputStream source, long length)
            throws IOException, InterruptedException, SourceException {
        return exchange(request, Optional.of(new RequestBody(source, length)), waits.commit());
    }

    private Response exchange(OutgoingRequest request, Optional<RequestBody> body, Duration limit)
            throws IOException, InterruptedException, SourceException {
        try {
            Connection connection = connection(request);
            boolean answered = false;
            try {
                Response answer = new Exchange(request, connection, waits).run(body, limit);
                answered = true;
                return answer;
            } catch (IOException e) {
                throw connection.cause(e);
            } finally {
                if (!answered) {
                    connection.close();
                }
            }
        } catch (IOException e) {
            Interruption.rethrow(e);
            throw e;
        } catch (IllegalArgumentException e) {
            // Thrown for an invalid port, name or header that a server sent.
            throw new IOException("the request could not be formed", e);
        }
    }

    private Connection connection(OutgoingRequest request) throws IOException {
        Optional<SSLContext> context = request.uri().getScheme().equalsIgnoreCase("https")
                ? Optional.of(tls.apply(request.uri()))
                : Optional.empty();
        ConnectionRoute route = ConnectionRoute.of(request.uri(), context, proxies.of(request.uri()));
        Optional<Connection> kept = IdleConnections.SHARED.take(route);
        if (kept.isEmpty()) {
            return connector.open(route, request.elsewhere());
        }
        try {
            connector.requireElsewhere(route, request.elsewhere(), kept.get().addresses());
            return kept.get();
        } catch (IOException e) {
            kept.get().close();
            throw e;
        }
    }
}
