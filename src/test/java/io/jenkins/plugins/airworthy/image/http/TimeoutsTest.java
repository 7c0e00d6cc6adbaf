package io.jenkins.plugins.airworthy.image.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A server that does not go on, at each point at which it is waited for. */
@Timeout(60)
class TimeoutsTest {
    private static final long LENGTH = 256L * 1024 * 1024;
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofMillis(400);

    /** Where the server stands still. */
    enum Point {
        CONNECTION(false),
        HANDSHAKE(true),
        SENDING(false),
        SENDING_WITH_TLS(true),
        HEAD(false),
        HEAD_WITH_TLS(true),
        BODY(false),
        BODY_WITH_TLS(true);

        private final boolean encrypted;

        Point(boolean encrypted) {
            this.encrypted = encrypted;
        }

        boolean isSending() {
            return this == SENDING || this == SENDING_WITH_TLS;
        }

        boolean isBody() {
            return this == BODY || this == BODY_WITH_TLS;
        }
    }

    private static ScriptedServer standingStill(Point point) throws Exception {
        ScriptedServer[] self = new ScriptedServer[1];
        boolean untilHandshake = point == Point.HANDSHAKE;
        self[0] = new ScriptedServer(point.encrypted && !untilHandshake, socket -> {
            if (!untilHandshake) {
                ScriptedServer.head(socket.getInputStream());
            }
            if (point.isBody()) {
                ScriptedServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfive.");
            }
            self[0].reach();
            Thread.sleep(LONG.toMillis());
        });
        return self[0];
    }

    private static void ask(Point point, URI uri, Duration limit) throws Exception {
        Transport transport = ScriptedServer.transport(ScriptedServer.all(limit));
        OutgoingRequest request = new OutgoingRequest(point.isSending() ? "PUT" : "GET", uri, Map.of(), false);
        try (Response answer =
                point.isSending() ? transport.upload(request, new Zeros(), LENGTH) : transport.send(request)) {
            answer.body().readAllBytes();
        }
    }

    private static URI uri(Point point, ScriptedServer server) {
        String plain = server.uri().toString();
        return URI.create(point == Point.HANDSHAKE ? plain.replace("http:", "https:") : plain);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONNECTION")
    void anInterruptEndsAWait(Point point) throws Exception {
        try (ScriptedServer server = standingStill(point)) {
            AtomicReference<Throwable> end = new AtomicReference<>();
            Thread asking = new Thread(() -> {
                try {
                    ask(point, uri(point, server), LONG);
                } catch (Exception e) {
                    end.set(e);
                    assertThat(e instanceof InterruptedException
                                    || Thread.currentThread().isInterrupted())
                            .isTrue();
                }
            });
            asking.start();
            server.awaitReached();
            Thread.sleep(200);

            asking.interrupt();
            asking.join(TimeUnit.SECONDS.toMillis(10));

            assertThat(asking.isAlive()).isFalse();
            assertThat(end.get()).isInstanceOfAny(InterruptedException.class, java.io.InterruptedIOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONNECTION")
    @Timeout(20)
    void limitsEachWait(Point point) throws Exception {
        try (ScriptedServer server = standingStill(point)) {
            assertThatThrownBy(() -> ask(point, uri(point, server), SHORT)).isInstanceOf(TimedOutException.class);
        }
    }

    /** Whose queue is full answers nothing at all. */
    @Test
    void limitsTheWaitForAConnectionAndCanBeInterrupted() throws Exception {
        List<SocketChannel> queued = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
            for (int i = 0; i < 8; i++) {
                SocketChannel one = SocketChannel.open();
                one.configureBlocking(false);
                one.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()));
                queued.add(one);
            }
            URI uri = URI.create("http://localhost:" + full.getLocalPort() + "/");
            assertThatThrownBy(() -> ask(Point.CONNECTION, uri, SHORT))
                    .isInstanceOf(TimedOutException.Connecting.class);

            Thread self = Thread.currentThread();
            Thread alarm = new Thread(() -> {
                try {
                    Thread.sleep(300);
                } catch (InterruptedException e) {
                    return;
                }
                self.interrupt();
            });
            alarm.start();
            assertThatThrownBy(() -> ask(Point.CONNECTION, uri, LONG)).isInstanceOf(InterruptedException.class);
        } finally {
            for (SocketChannel each : queued) {
                each.close();
            }
        }
    }

    /** Each byte comes in time; the last would come after hours. */
    @Test
    void aHeadThatDripsIsGivenUp() throws Exception {
        try (ScriptedServer server = new ScriptedServer(false, socket -> {
            ScriptedServer.write(socket, "HTTP/1.1 200 OK\r\nA: ");
            while (true) {
                ScriptedServer.write(socket, "a");
                Thread.sleep(50);
            }
        })) {
            assertThatThrownBy(() -> ask(Point.HEAD, server.uri(), SHORT))
                    .isInstanceOf(TimedOutException.class)
                    .hasMessageContaining("no answer within");
        }
    }

    /** Many bytes come, and next to none of them are of the body. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBodyThatDripsAmongOtherBytesIsGivenUp(boolean encrypted) throws Exception {
        String chunk = "1;" + "x".repeat(20_000) + "\r\na\r\n";
        try (ScriptedServer server = new ScriptedServer(encrypted, socket -> {
            ScriptedServer.head(socket.getInputStream());
            ScriptedServer.write(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true) {
                ScriptedServer.write(socket, chunk);
                Thread.sleep(50);
            }
        })) {
            assertThatThrownBy(() -> ask(Point.BODY, server.uri(), SHORT))
                    .isInstanceOf(TimedOutException.Dripping.class);
        }
    }

    /** As many as anybody wants. */
    private static final class Zeros extends InputStream {
        private long left = LENGTH;

        @Override
        public int read() {
            return --left < 0 ? -1 : 0;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            left -= count;
            return count;
        }
    }
}
