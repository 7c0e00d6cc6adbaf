package io.jenkins.plugins.airworthy.image.http;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.util.Timeout;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.util.List;

/** An open HTTP/1.1 connection (<a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>), for one request at a time. */
final class Connection implements AutoCloseable {
    private static final Http1Config BOUNDS = Http1Config.custom()
            .setMaxLineLength(32 * 1024)
            .setMaxHeaderCount(128)
            .setMaxEmptyLineCount(2)
            .build();

    private static final Timeout AT_ONCE = Timeout.ofMilliseconds(1);
    private static final int SUCCESS = 200;
    private static final int SUCCESSES = 300;

    private final ConnectionRoute route;
    private final ConnectionSocket wire;
    private final DefaultBHttpClientConnection messages = new DefaultBHttpClientConnection(BOUNDS);
    private Socket socket;

    Connection(ConnectionRoute route, ConnectionSocket wire) {
        this.route = route;
        this.wire = wire;
        this.socket = wire;
    }

    ConnectionRoute route() {
        return route;
    }

    /** What it is connected to, unless that is a proxy. */
    List<InetAddress> addresses() throws IOException {
        return route.proxy().isPresent() ? List.of() : List.of(wire.pipe().peer());
    }

    /** Passes the proxy and agrees on TLS, where there is either. */
    void establish(WaitLimit patience) throws IOException {
        try {
            wire.pipe().expect(patience);
            messages.bind(wire);
            if (route.isTunnel()) {
                passProxy(route.proxy().get());
            }
            if (route.tls().isPresent()) {
                encrypt();
            }
        } catch (IOException e) {
            throw cause(e);
        }
    }

    private void passProxy(Proxy proxy) throws IOException {
        String target = route.host() + ":" + route.port();
        ClassicHttpRequest request = new BasicClassicHttpRequest("CONNECT", (HttpHost) null, target);
        request.setHeader("Host", target);
        proxy.authorization().ifPresent(value -> request.setHeader("Proxy-Authorization", value));
        sendHead(request);
        int status = receiveHead().getCode();
        if (status < SUCCESS || status >= SUCCESSES) {
            throw ProxyException.refused(proxy, status);
        }
        // These bytes came without TLS and would be taken for the beginning of the TLS stream: a server behind a proxy
        // does not send first.
        if (messages.isDataAvailable(AT_ONCE)) {
            throw new ProtocolException("more than the answer of the proxy");
        }
    }

    private void encrypt() throws IOException {
        wire.carryRecords();
        SSLSocket encrypted = (SSLSocket)
                route.tls().orElseThrow().getSocketFactory().createSocket(wire, route.bareHost(), route.port(), true);
        socket = encrypted;
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        messages.bind(encrypted, wire);
    }

    void expect(WaitLimit patience) {
        wire.pipe().expect(patience);
    }

    void sendHead(ClassicHttpRequest request) throws IOException {
        try {
            messages.sendRequestHeader(request);
            messages.flush();
        } catch (HttpException e) {
            throw noHttp(e);
        }
    }

    /** Where a body goes; what is written there is sent when there is need. */
    OutputStream body() throws IOException {
        return socket.getOutputStream();
    }

    /**
     * Sends until so many bytes can be written without waiting.
     *
     * @return false as soon as an answer begins
     */
    boolean makeRoom(int bytes) throws IOException {
        while (!wire.makeRoom(bytes)) {
            if (!wire.mayBeForTlsAlone() || messages.isDataAvailable(AT_ONCE)) {
                return false;
            }
        }
        return true;
    }

    /** While this is true, written bytes are kept here and not sent. */
    void onlyReceive(boolean only) {
        wire.onlyReceive(only);
    }

    /** The head of the next answer, be it only information. */
    ClassicHttpResponse receiveHead() throws IOException {
        try {
            return messages.receiveResponseHeader();
        } catch (HttpException | MessageConstraintException | IllegalArgumentException e) {
            throw noHttp(e);
        }
    }

    /** Gives the answer its body. */
    void receiveBody(ClassicHttpResponse head) throws IOException {
        try {
            messages.receiveResponseEntity(head);
        } catch (HttpException | IllegalArgumentException e) {
            throw noHttp(e);
        }
    }

    /** Whether another request can be sent: neither unrequested bytes nor the end may have been received. */
    boolean isFit() {
        try {
            return messages.isOpen() && !messages.isDataAvailable(AT_ONCE) && wire.isQuiet();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the original failure of the pipe, which TLS and HTTP hide behind others. */
    IOException cause(IOException told) {
        // The peer's TLS alert says more than the end of the connection after it.
        return told instanceof SSLException && told.getCause() == null
                ? told
                : wire.pipe().failure().orElse(told);
    }

    @Override
    public void close() {
        wire.close();
    }

    private static ProtocolException noHttp(Exception e) {
        ProtocolException failure = new ProtocolException("not HTTP");
        failure.initCause(e);
        return failure;
    }
}
