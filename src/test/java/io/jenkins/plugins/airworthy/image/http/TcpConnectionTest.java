package io.jenkins.plugins.airworthy.image.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class TcpConnectionTest {
    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A server may refuse us, say why, and be gone before we have sent what we began to send. */
    @Test
    void readsTheLastBytesBeforeReportingAClosedConnection() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TcpConnection pipe = TcpConnection.to(
                        (InetSocketAddress) server.getLocalSocketAddress(),
                        WaitLimit.Until.connected(Duration.ofSeconds(30)))) {
            try (Socket accepted = server.accept()) {
                accepted.getOutputStream().write("not you".getBytes(StandardCharsets.US_ASCII));
            }
            for (int i = 0; i < 50; i++) { // the first of them is answered with a reset, and the next finds it
                pipe.send(bytes("a request"));
                TimeUnit.MILLISECONDS.sleep(2);
            }

            ByteBuffer heard = ByteBuffer.allocate(100);
            assertThat(pipe.receive(heard)).isEqualTo("not you".length());
            assertThat(heard.flip()).isEqualTo(bytes("not you"));
            assertThatThrownBy(() -> pipe.receive(ByteBuffer.allocate(100))).isInstanceOf(IOException.class);
            assertThat(pipe.failure()).isPresent();
            assertThat(pipe.isOpen()).isFalse();
        }
    }
}
