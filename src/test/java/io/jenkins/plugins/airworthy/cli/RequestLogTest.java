package io.jenkins.plugins.airworthy.cli;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.airworthy.image.registry.RequestListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code --debug} tells of requests: enough to see what a registry answers, and no secret. */
class RequestLogTest {
    private static final String AUTH =
            Base64.getEncoder().encodeToString("me:hidden-password".getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path folder;

    private final Session session = new Session();

    private interface Use {
        void of(String host) throws Exception;
    }

    /** A registry that has nothing, and asks for a password first. */
    private static void withRegistry(Use use) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean known = exchange.getRequestHeaders().containsKey("Authorization");
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"hidden-realm\"");
            answer(exchange, known ? 404 : 401);
        });
        server.start();
        try {
            use.of("localhost:" + server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    private static void answer(com.sun.net.httpserver.HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Test
    void tellsMethodHostPathStatusAndTimeAndNoCredential() throws Exception {
        Files.writeString(folder.resolve("config.json"), "placeholder");
        withRegistry(host -> {
            Files.writeString(
                    folder.resolve("config.json"), "{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}".formatted(host, AUTH));
            Session.Ended ended = session.run(
                    "evidence", host + "/app:1", "--docker-config", folder.toString(), "--debug", "--format=json");
            assertThat(ended.status()).isEqualTo(3);
            assertThat(ended.err())
                    .containsPattern("request: (GET|HEAD) " + host + " /v2/app/manifests/1 401 [0-9]+ ms")
                    .containsPattern("request: (GET|HEAD) " + host + " /v2/app/manifests/1 404 [0-9]+ ms")
                    .doesNotContain("hidden", AUTH, "Authorization");
            assertThat(ended.json().at("/error/exitStatus").intValue()).isEqualTo(3);
            assertThat(session.run("evidence", host + "/app:1", "--docker-config", folder.toString())
                            .err())
                    .doesNotContain("request: ");
        });
    }

    @Test
    void aRequestWithoutAnAnswerIsToldToo() {
        assertThat(session.run("evidence", "localhost:1/app:1", "--debug").err())
                .contains("request: ", " localhost:1 /v2/app/manifests/1 no answer ");
    }

    @Test
    void neitherANameInAnAddressNorAControlCharacterReachesTheTerminal() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RequestListener log = new RequestLog(new PrintStream(bytes, false, StandardCharsets.UTF_8));
        log.answered("GET", "me:hidden@host", "/v2/\u001b[2J\nrequest: forged", 200, 1);
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("GET host /v2/")
                .doesNotContain("hidden", "\u001b")
                .hasLineCount(1);
    }
}
