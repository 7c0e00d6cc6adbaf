package io.jenkins.plugins.airworthy.image.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import javax.net.ssl.SSLSocket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Answers that come before the body of their request was taken. */
@Timeout(60)
class EarlyAnswerTest {
    private static final byte[] LARGE = new byte[32 * 1024 * 1024];
    private static final Timeouts PATIENT = ScriptedServer.all(Duration.ofSeconds(30));

    private static Response upload(ScriptedServer server) throws Exception {
        return ScriptedServer.transport(PATIENT)
                .upload(server.request("PATCH"), new ByteArrayInputStream(LARGE), LARGE.length);
    }

    /** A proxy that refuses by the announced length, and reads nothing more. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reportsAnEarlyAnswer(boolean encrypted) throws Exception {
        try (ScriptedServer server = new ScriptedServer(encrypted, socket -> {
            ScriptedServer.head(socket.getInputStream());
            ScriptedServer.write(socket, "HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\n\r\nlarge");
            Thread.sleep(60_000);
        })) {
            try (Response answer = upload(server)) {
                assertThat(answer.status()).isEqualTo(413);
                assertThat(answer.bytes(10)).hasValue("large".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void doesNotTreatInformationAsAnAnswer(boolean encrypted) throws Exception {
        try (ScriptedServer server = new ScriptedServer(encrypted, socket -> {
            ScriptedServer.head(socket.getInputStream());
            ScriptedServer.write(socket, "HTTP/1.1 100 Continue\r\n\r\n");
            socket.getInputStream().skipNBytes(LARGE.length);
            ScriptedServer.write(socket, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        })) {
            try (Response answer = upload(server)) {
                assertThat(answer.status()).isEqualTo(201);
            }
        }
    }

    /** TLS 1.3 sends tickets for later sessions once a connection stands. */
    @ParameterizedTest
    @ValueSource(booleans = true)
    void doesNotTreatASessionTicketAsAnAnswer(boolean encrypted) throws Exception {
        try (ScriptedServer server = new ScriptedServer(encrypted, socket -> {
            ScriptedServer.head(socket.getInputStream());
            Thread.sleep(300);
            socket.getInputStream().skipNBytes(LARGE.length);
            ScriptedServer.write(socket, "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
        })) {
            try (Response answer = upload(server)) {
                assertThat(answer.status()).isEqualTo(201);
            }
        }
    }

    /** TLS has no records of this length, so that its end would be waited for in vain. */
    @Test
    void aRecordThatIsTooLongEndsTheSending() throws Exception {
        byte[] record = new byte[70_000];
        record[0] = 23;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) 0xff;
        record[4] = (byte) 0xff;
        try (ScriptedServer server = new ScriptedServer(false, socket -> {
            SSLSocket encrypted = ScriptedServer.encrypted(socket);
            ScriptedServer.head(encrypted.getInputStream());
            socket.getOutputStream().write(record);
            Thread.sleep(60_000);
        })) {
            URI uri = URI.create(server.uri().toString().replace("http:", "https:"));
            assertThatThrownBy(() -> ScriptedServer.transport(PATIENT)
                            .upload(
                                    new OutgoingRequest("PATCH", uri, Map.of(), false),
                                    new ByteArrayInputStream(LARGE),
                                    LARGE.length))
                    .isInstanceOf(IOException.class);
        }
    }
}
