package io.jenkins.plugins.airworthy.image.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class TransportTest {
    private static final Timeouts WAITS = ScriptedServer.all(Duration.ofSeconds(10));

    private static String get(Transport transport, OutgoingRequest request) throws Exception {
        try (Response answer = transport.send(request)) {
            return new String(answer.bytes(1_000).orElseThrow(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneConnectionServesOneRequestAfterTheOther(boolean encrypted) throws Exception {
        try (ScriptedServer server = new ScriptedServer(encrypted, socket -> {
            for (int i = 0; i < 3; i++) {
                assertThat(ScriptedServer.head(socket.getInputStream())).startsWith("GET /a?b HTTP/1.1\r\n");
                ScriptedServer.write(socket, ScriptedServer.ok("body " + i));
            }
        })) {
            Transport transport = ScriptedServer.transport(WAITS);
            for (int i = 0; i < 3; i++) {
                assertThat(get(transport, server.request("GET"))).isEqualTo("body " + i);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionThatTheServerClosedIsNotUsedAgain(boolean encrypted) throws Exception {
        try (ScriptedServer server = new ScriptedServer(encrypted, socket -> {
            ScriptedServer.head(socket.getInputStream());
            ScriptedServer.write(socket, ScriptedServer.ok("body"));
        })) {
            Transport transport = ScriptedServer.transport(WAITS);
            assertThat(get(transport, server.request("GET"))).isEqualTo("body");
            Thread.sleep(300);
            assertThat(get(transport, server.request("GET"))).isEqualTo("body");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    /** Otherwise a server could say now what it will have answered to a later request. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doesNotUseAnAnswerWithoutARequest(boolean encrypted) throws Exception {
        int[] served = {0};
        try (ScriptedServer server = new ScriptedServer(encrypted, socket -> {
            ScriptedServer.head(socket.getInputStream());
            ScriptedServer.write(socket, ScriptedServer.ok("asked " + served[0]++) + ScriptedServer.ok("unasked"));
            Thread.sleep(10_000);
        })) {
            Transport transport = ScriptedServer.transport(WAITS);
            assertThat(get(transport, server.request("GET"))).isEqualTo("asked 0");
            assertThat(get(transport, server.request("GET"))).isEqualTo("asked 1");
        }
    }

    /** Whatever a name stood for when somebody looked at it. */
    @Test
    void refusesToConnectToAnAddressOfThisMachine() throws Exception {
        try (ScriptedServer server = new ScriptedServer(false, socket -> {
            ScriptedServer.head(socket.getInputStream());
            ScriptedServer.write(socket, ScriptedServer.ok("internal"));
            Thread.sleep(10_000);
        })) {
            Transport transport = ScriptedServer.transport(WAITS);
            OutgoingRequest elsewhere = new OutgoingRequest("GET", server.uri(), Map.of(), true);
            assertThatThrownBy(() -> transport.send(elsewhere)).isInstanceOf(LeadsHereException.class);
            assertThat(server.connections()).isZero();

            assertThat(get(transport, server.request("GET"))).isEqualTo("internal");
            assertThatThrownBy(() -> transport.send(elsewhere)).isInstanceOf(LeadsHereException.class);
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        try (ScriptedServer server = new ScriptedServer(true, socket -> {
            ScriptedServer.head(socket.getInputStream());
            ScriptedServer.write(socket, ScriptedServer.ok("body"));
        })) {
            Transport transport = ScriptedServer.transport(WAITS);
            OutgoingRequest request = new OutgoingRequest("GET", server.uri("127.0.0.1"), Map.of(), false);
            assertThatThrownBy(() -> transport.send(request)).hasCauseInstanceOf(CertificateException.class);
        }
    }

    @Test
    void informationWithoutEndIsRefused() throws Exception {
        assertNoHttp("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(50) + ScriptedServer.ok("body"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no HTTP\r\n\r\n",
                "HTTP/1.1 000 OK\r\n\r\n",
                "HTTP/1.1 101 Switching\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nbody.",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"
            })
    void refusesAnswersThatAreNotHttp(String answer) throws Exception {
        assertNoHttp(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:99999/", "https://localhost:99999/"})
    void reportsAnImpossibleAddressAsALostConnection(String address) throws Exception {
        Transport transport = ScriptedServer.transport(WAITS);
        OutgoingRequest request = new OutgoingRequest("GET", URI.create(address), Map.of(), false);
        assertThatThrownBy(() -> transport.send(request)).isInstanceOf(IOException.class);
    }

    @Test
    void aHeadWithoutEndIsRefused() throws Exception {
        assertNoHttp("HTTP/1.1 200 OK\r\nA: " + "a".repeat(100_000) + "\r\n\r\n");
        assertNoHttp("HTTP/1.1 200 OK\r\n" + "A: a\r\n".repeat(1_000) + "\r\n");
    }

    private static void assertNoHttp(String answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(false, socket -> {
            ScriptedServer.head(socket.getInputStream());
            ScriptedServer.write(socket, answer);
            Thread.sleep(10_000);
        })) {
            Transport transport = ScriptedServer.transport(WAITS);
            assertThatThrownBy(() -> get(transport, server.request("GET"))).isInstanceOf(ProtocolException.class);
        }
    }
}
