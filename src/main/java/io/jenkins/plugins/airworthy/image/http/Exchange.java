package io.jenkins.plugins.airworthy.image.http;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.MessageSupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Optional;

/**
 * One request and its response on one connection. A response that arrives before the request was sent completely ends
 * the sending, and counts.
 */
final class Exchange {
    /** What is read from a source at once. */
    static final int PART_BYTES = 64 * 1024;

    /** What TLS adds to a part, at most. */
    private static final int ADDED_BYTES = 1024;

    private static final int FINAL = 200;
    private static final int SWITCHING = 101;
    private static final int MAX_INFORMATION = 20;

    private final OutgoingRequest outgoing;
    private final Connection connection;
    private final Timeouts waits;
    private final ClassicHttpRequest request;
    private Optional<ClassicHttpResponse> early = Optional.empty();
    private int informed;

    Exchange(OutgoingRequest outgoing, Connection connection, Timeouts waits) {
        this.outgoing = outgoing;
        this.connection = connection;
        this.waits = waits;
        this.request = request(outgoing, connection.route());
    }

    private static ClassicHttpRequest request(OutgoingRequest outgoing, ConnectionRoute route) {
        boolean throughProxy = route.proxy().isPresent() && !route.isTunnel();
        String path =
                outgoing.uri().getRawPath().isEmpty() ? "/" : outgoing.uri().getRawPath();
        String query =
                outgoing.uri().getRawQuery() == null ? "" : "?" + outgoing.uri().getRawQuery();
        String place = throughProxy ? "http://" + outgoing.uri().getRawAuthority() + path : path;
        ClassicHttpRequest request = new BasicClassicHttpRequest(outgoing.method(), (HttpHost) null, place + query);
        request.setHeader("Host", outgoing.uri().getRawAuthority());
        outgoing.headers().forEach(request::setHeader);
        if (throughProxy) {
            route.proxy().get().authorization().ifPresent(value -> request.setHeader("Proxy-Authorization", value));
        }
        return request;
    }

    /** @param limit for the head of the answer, from when all is sent */
    Response run(Optional<RequestBody> content, Duration limit) throws IOException, SourceException {
        connection.expect(WaitLimit.WhileFlowing.there(waits.stall()));
        content.ifPresent(given -> request.setHeader("Content-Length", Long.toString(given.length())));
        connection.sendHead(request);
        if (content.isPresent()) {
            send(content.get());
        }
        connection.expect(WaitLimit.Until.answered(limit));
        ClassicHttpResponse head = early.isPresent() ? early.get() : receive();
        return answer(head);
    }

    private void send(RequestBody content) throws IOException, SourceException {
        byte[] part = new byte[(int) Math.min(PART_BYTES, content.length())];
        OutputStream body = connection.body();
        for (long left = content.length(); left > 0; ) {
            int count = (int) Math.min(part.length, left);
            content.read(part, count);
            if (!hasRoom(count + ADDED_BYTES)) {
                return;
            }
            body.write(part, 0, count);
            left -= count;
        }
        content.requireEnd();
        boolean unused = hasRoom(ConnectionSocket.OUTBOX_BYTES);
    }

    /** False when the answer came. */
    private boolean hasRoom(int bytes) throws IOException {
        while (!connection.makeRoom(bytes)) {
            connection.onlyReceive(true);
            ClassicHttpResponse head = connection.receiveHead();
            if (isFinal(head)) {
                early = Optional.of(head);
                return false;
            }
            connection.onlyReceive(false);
        }
        return true;
    }

    private ClassicHttpResponse receive() throws IOException {
        ClassicHttpResponse head = connection.receiveHead();
        while (!isFinal(head)) {
            head = connection.receiveHead();
        }
        return head;
    }

    private boolean isFinal(ClassicHttpResponse head) throws ProtocolException {
        if (head.getCode() >= FINAL) {
            return true;
        }
        if (head.getCode() == SWITCHING || ++informed > MAX_INFORMATION) {
            throw new ProtocolException("an answer without a request");
        }
        return false;
    }

    private Response answer(ClassicHttpResponse head) throws IOException {
        boolean keep = early.isEmpty() && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, head, null);
        InputStream content = InputStream.nullInputStream();
        long length = 0;
        if (MessageSupport.canResponseHaveBody(outgoing.method(), head)) {
            connection.receiveBody(head);
            content = head.getEntity().getContent();
            length = head.getEntity().getContentLength();
        }
        WaitLimit.WhileFlowing patience = WaitLimit.WhileFlowing.here(waits.stall());
        connection.expect(patience);
        BodyStream body = new BodyStream(content, length, connection, keep, patience);
        return new Response(outgoing.uri(), head.getCode(), Headers.of(head), body);
    }
}
