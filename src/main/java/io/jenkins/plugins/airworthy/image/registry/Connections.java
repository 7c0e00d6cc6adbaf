package io.jenkins.plugins.airworthy.image.registry;

import javax.net.ssl.SSLContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Sends single HTTP/1.1 requests and nothing more: redirects, authorisation and repetition are decided above. A request
 * ends with its thread's interruption, and no wait is without bound.
 */
final class Connections {
    private static final int MAX_CAUSES = 20;

    private final Limits limits;
    private final RequestListener listener;
    private final Supplier<SSLContext> tls;
    private HttpClient encrypted;
    private HttpClient plain;

    /** @param tls asked for when the first encrypted connection is needed */
    Connections(Limits limits, RequestListener listener, Supplier<SSLContext> tls) {
        this.limits = limits;
        this.listener = listener;
        this.tls = tls;
    }

    Limits limits() {
        return limits;
    }

    Answer send(Request request, Optional<String> authorization) throws IOException, InterruptedException {
        BodyPublisher body = request.body().map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody);
        CompletableFuture<HttpResponse<BodyStream>> exchange = begin(request, authorization, body);
        try {
            return await(request, exchange, limits.response());
        } finally {
            abandon(exchange);
        }
    }

    /** Sends {@code length} bytes of the source as the body. */
    Answer upload(Request request, Optional<String> authorization, InputStream source, long length)
            throws IOException, InterruptedException, UploadBody.SourceException {
        UploadBody body = new UploadBody(length);
        CompletableFuture<HttpResponse<BodyStream>> exchange = begin(request, authorization, body);
        try {
            body.send(source, exchange, limits.stall());
            return await(request, exchange, limits.commit());
        } finally {
            abandon(exchange);
        }
    }

    private CompletableFuture<HttpResponse<BodyStream>> begin(
            Request request, Optional<String> authorization, BodyPublisher body) throws IOException {
        try {
            HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri()).method(request.method(), body);
            request.headers().forEach(builder::setHeader);
            // What is hashed is what is stored: no one may encode it on the way.
            builder.setHeader("Accept-Encoding", "identity");
            builder.setHeader("User-Agent", "airworthy");
            authorization.ifPresent(value -> builder.setHeader("Authorization", value));
            URI uri = request.uri();
            listener.sending(request.method(), uri.getAuthority(), uri.getPath());
            return client(Origin.of(uri).isEncrypted())
                    .sendAsync(builder.build(), info -> new BodyStream(limits.stall()));
        } catch (IllegalArgumentException e) {
            // The platform's client says so of a request that it cannot form, from whatever a registry told us.
            throw new IOException("the request could not be formed", e);
        }
    }

    private static Answer await(Request request, CompletableFuture<HttpResponse<BodyStream>> exchange, Duration limit)
            throws IOException, InterruptedException {
        try {
            HttpResponse<BodyStream> response = exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(request.uri(), response.statusCode(), response.headers(), response.body());
        } catch (TimeoutException e) {
            throw timedOut(limit, e);
        } catch (CancellationException e) {
            throw new IOException("the request was given up", e);
        } catch (ExecutionException e) {
            rethrowError(e.getCause());
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("the request could not be sent", e.getCause());
        }
    }

    /** A want of memory in a thread of the client's is none of the connection's, and trying again is no help. */
    static void rethrowError(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < MAX_CAUSES; cause = cause.getCause(), depth++) {
            if (cause instanceof Error error) {
                throw error;
            }
        }
    }

    private static IOException timedOut(Duration limit, TimeoutException cause) {
        HttpTimeoutException failure = new HttpTimeoutException("no answer within " + limit.toSeconds() + " s");
        failure.initCause(cause);
        return failure;
    }

    /** Ends an exchange that has not ended; an answer that still comes finds nobody. */
    private static void abandon(CompletableFuture<HttpResponse<BodyStream>> exchange) {
        if (!exchange.isDone()) {
            var unused = exchange.thenAccept(late -> late.body().close());
            exchange.cancel(true);
        }
    }

    private synchronized HttpClient client(boolean encryption) {
        if (encryption) {
            if (encrypted == null) {
                encrypted = client(tls.get());
            }
            return encrypted;
        }
        if (plain == null) {
            plain = client(TrustedAuthorities.none());
        }
        return plain;
    }

    private HttpClient client(SSLContext context) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect())
                .sslContext(context)
                .build();
    }
}
