package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.http.OutgoingRequest;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import io.jenkins.plugins.airworthy.image.http.Response;
import io.jenkins.plugins.airworthy.image.http.SourceException;
import io.jenkins.plugins.airworthy.image.http.Transport;

import javax.net.ssl.SSLContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Sends single requests to registries; callers handle redirects, authorisation and retries. */
final class Connections {
    private final Limits limits;
    private final RequestListener listener;
    private final Transport transport;

    /** @param tls called for each encrypted connection */
    Connections(Limits limits, RequestListener listener, Function<URI, SSLContext> tls, Proxies proxies) {
        this.limits = limits;
        this.listener = listener;
        this.transport = new Transport(limits.waits(), tls, proxies);
    }

    Limits limits() {
        return limits;
    }

    Response send(Request request, Optional<String> authorization) throws IOException, InterruptedException {
        OutgoingRequest outgoing = announced(request, authorization);
        long start = System.nanoTime();
        int status = RequestListener.NO_ANSWER;
        try {
            Response response = request.body().isPresent()
                    ? transport.send(outgoing, request.body().get())
                    : transport.send(outgoing);
            status = response.status();
            return response;
        } finally {
            answered(request, status, start);
        }
    }

    /** Sends {@code length} bytes of the source as the body. */
    Response upload(Request request, Optional<String> authorization, InputStream source, long length)
            throws IOException, InterruptedException, SourceException {
        long start = System.nanoTime();
        int status = RequestListener.NO_ANSWER;
        try {
            Response response = transport.upload(announced(request, authorization), source, length);
            status = response.status();
            return response;
        } finally {
            answered(request, status, start);
        }
    }

    private void answered(Request request, int status, long start) {
        listener.answered(
                request.method(),
                request.uri().getAuthority(),
                request.uri().getPath(),
                status,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    private OutgoingRequest announced(Request request, Optional<String> authorization) {
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        // The stored bytes are hashed, so they must not be encoded on the way.
        headers.put("Accept-Encoding", "identity");
        headers.put("User-Agent", "airworthy");
        authorization.ifPresent(value -> headers.put("Authorization", value));
        listener.sending(
                request.method(), request.uri().getAuthority(), request.uri().getPath());
        return new OutgoingRequest(request.method(), request.uri(), headers, request.elsewhere());
    }
}
