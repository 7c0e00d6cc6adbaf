package io.jenkins.plugins.airworthy.attacks;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.HastyStores;
import io.jenkins.plugins.airworthy.image.registry.RegistrySettings;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Attack 13: a registry elsewhere that redirects its clients to a service of this machine, by one of the names that
 * a machine has for itself.
 */
class LocalRedirectTest {
    private static final Descriptor BLOB =
            Descriptor.of("application/octet-stream", "internal".getBytes(StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    private final AtomicInteger reached = new AtomicInteger();
    private HttpServer internal;
    private ServedRegistry registry;
    private ImageStore store;

    @BeforeEach
    void start() throws Exception {
        internal = HttpServer.create(new InetSocketAddress(0), 0);
        internal.createContext("/", exchange -> {
            reached.incrementAndGet();
            exchange.sendResponseHeaders(200, BLOB.size());
            exchange.getResponseBody().write("internal".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        internal.start();
        registry = new ServedRegistry(folder).start();
        // Its name is not one of those that are known to be this machine; nothing here can be further away.
        String host = "[::ffff:7f00:1]:" + registry.server().getPort();
        store = HastyStores.of(RegistrySettings.of(host).withPlainHttp(true))
                .open(ImageReference.parse(host + "/team/app"));
    }

    @AfterEach
    void stop() {
        internal.stop(0);
        registry.close();
    }

    private void redirectTo(String place) {
        registry.before = (call, request) -> Optional.of(new MockResponse.Builder()
                .code(307)
                .setHeader(
                        "Location",
                        "http://" + place + ":" + internal.getAddress().getPort() + "/admin")
                .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "[::1]",
                "[::]",
                "[0:0:0:0:0:0:0:1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::ffff:0:0]",
                "169.254.169.254",
                "[::ffff:169.254.169.254]",
                "[fe80::1]"
            })
    void followsNoRedirectToThisMachine(String place) throws Exception {
        redirectTo(place);

        assertThatThrownBy(() -> store.openBlob(BLOB).close())
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("an address of this machine, which is refused");
        assertThat(reached).hasValue(0);
    }
}
