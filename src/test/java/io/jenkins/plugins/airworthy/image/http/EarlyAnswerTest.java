package io.jenkins.plugins.airworthy.image.http;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers that come before the body of their request was taken. */
@Timeout(60)
class EarlyAnswerTest {
    private static final byte[] LARGE = new byte[32 * 1024 * 1024];
    private static final Waits PATIENT = ScriptedServer.all(Duration.ofSeconds(30));

    private static Answer upload(ScriptedServer server) throws Exception {
        return ScriptedServer.transport(PATIENT)
                .upload(server.request("PATCH"), new ByteArrayInputStream(LARGE), LARGE.length);
    }

    /** A proxy that refuses by the announced length, and reads nothing more. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isTold(boolean encrypted) throws Exception {
        try (ScriptedServer server = new ScriptedServer(encrypted, socket -> {
            ScriptedServer.head(socket.getInputStream());
            ScriptedServer.write(socket, "HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\n\r\nlarge");
            Thread.sleep(60_000);
        })) {
            try (Answer answer = upload(server)) {
                assertThat(answer.status()).isEqualTo(413);
                assertThat(answer.bytes(10)).hasValue("large".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void informationIsNone(boolean encrypted) throws Exception {
        try (ScriptedServer server = new ScriptedServer(encrypted, socket -> {
            ScriptedServer.head(socket.getInputStream());
            ScriptedServer.write(socket, "HTTP/1.1 100 Continue\r\n\r\n");
            socket.getInputStream().skipNBytes(LARGE.length);
            ScriptedServer.write(socket, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        })) {
            try (Answer answer = upload(server)) {
                assertThat(answer.status()).isEqualTo(201);
            }
        }
    }

    /** TLS 1.3 sends tickets for later sessions once a connection stands. */
    @ParameterizedTest
    @ValueSource(booleans = true)
    void aSessionTicketIsNone(boolean encrypted) throws Exception {
        try (ScriptedServer server = new ScriptedServer(encrypted, socket -> {
            ScriptedServer.head(socket.getInputStream());
            Thread.sleep(300);
            socket.getInputStream().skipNBytes(LARGE.length);
            ScriptedServer.write(socket, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        })) {
            try (Answer answer = upload(server)) {
                assertThat(answer.status()).isEqualTo(201);
            }
        }
    }
}
