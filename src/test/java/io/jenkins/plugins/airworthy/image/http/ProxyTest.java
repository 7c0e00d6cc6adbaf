package io.jenkins.plugins.airworthy.image.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class ProxyTest {
    private static String ask(ScriptedServer proxy, String url) throws Exception {
        Proxy found = new Proxy("localhost", proxy.uri().getPort(), Optional.of("Basic dXNlcjpwYXNz"));
        Transport transport =
                ScriptedServer.transport(ScriptedServer.all(Duration.ofSeconds(10)), target -> Optional.of(found));
        OutgoingRequest request =
                new OutgoingRequest("GET", URI.create(url), Map.of("Authorization", "Basic secret"), false);
        try (Response answer = transport.send(request)) {
            return new String(answer.bytes(1_000).orElseThrow(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aRequestWithTlsGoesThroughATunnel() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(false, socket -> {
            assertThat(ScriptedServer.head(socket.getInputStream()))
                    .startsWith("CONNECT localhost:5000 HTTP/1.1\r\n")
                    .contains("Proxy-Authorization: Basic dXNlcjpwYXNz\r\n")
                    .doesNotContain("secret");
            ScriptedServer.write(socket, "HTTP/1.1 200 Connection established\r\n\r\n");
            Socket tunnel = ScriptedServer.encrypted(socket);
            String head = ScriptedServer.head(tunnel.getInputStream());
            assertThat(head).startsWith("GET /v2/ HTTP/1.1\r\n").doesNotContain("Proxy-Authorization");
            ScriptedServer.write(tunnel, ScriptedServer.ok("tunnelled"));
        })) {
            assertThat(ask(proxy, "https://localhost:5000/v2/")).isEqualTo("tunnelled");
        }
    }

    /** The connection to a proxy is plain: whoever stands on that way can put words behind the proxy's answer. */
    @Test
    void doesNotTreatBytesBeforeTlsAsAnAnswerThroughTheTunnel() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(false, socket -> {
            ScriptedServer.head(socket.getInputStream());
            ScriptedServer.write(
                    socket, "HTTP/1.1 200 Connection established\r\n\r\n" + ScriptedServer.ok("put in from outside"));
            Socket tunnel = ScriptedServer.encrypted(socket);
            ScriptedServer.head(tunnel.getInputStream());
            ScriptedServer.write(tunnel, ScriptedServer.ok("tunnelled"));
        })) {
            assertThatThrownBy(() -> ask(proxy, "https://localhost:5000/v2/")).isInstanceOf(IOException.class);
        }
    }

    /** The proxy finds out where its host is; here nothing is looked up. */
    @Test
    void aPlainRequestNamesItsWholeAddress() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(false, socket -> {
            assertThat(ScriptedServer.head(socket.getInputStream()))
                    .startsWith("GET http://registry.invalid/v2/ HTTP/1.1\r\n")
                    .contains("Host: registry.invalid\r\n")
                    .contains("Proxy-Authorization: Basic dXNlcjpwYXNz\r\n");
            ScriptedServer.write(socket, ScriptedServer.ok("passed on"));
        })) {
            assertThat(ask(proxy, "http://registry.invalid/v2/")).isEqualTo("passed on");
        }
    }

    @Test
    void reportsAProxyThatWantsAnotherPassword() throws Exception {
        try (ScriptedServer proxy = new ScriptedServer(false, socket -> {
            ScriptedServer.head(socket.getInputStream());
            ScriptedServer.write(socket, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        })) {
            assertThatThrownBy(() -> ask(proxy, "https://localhost:5000/v2/"))
                    .isInstanceOf(ProxyException.class)
                    .hasMessageContaining("wants another user or password (407)")
                    .hasMessageNotContaining("dXNlcjpwYXNz");
        }
    }

    @Test
    void reportsAnUnreachableProxy() throws Exception {
        ScriptedServer proxy = new ScriptedServer(false, socket -> {});
        proxy.close();
        assertThatThrownBy(() -> ask(proxy, "https://registry.example.com/v2/"))
                .isInstanceOf(ProxyException.class)
                .hasMessageContaining("the proxy localhost:" + proxy.uri().getPort() + " cannot be reached");
    }
}
