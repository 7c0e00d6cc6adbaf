package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.http.EnvironmentProxies;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import io.jenkins.plugins.airworthy.image.http.Proxy;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Registries whose names only a proxy knows. */
@Timeout(60)
class ProxyTest {
    private static final String REGISTRY = "registry.invalid";

    private final MockWebServer proxy = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        proxy.start();
    }

    @AfterEach
    void stop() {
        proxy.close();
    }

    private boolean isThere(boolean plain, String... userInfo) throws Exception {
        Optional<String> authorization = userInfo.length == 0
                ? Optional.empty()
                : Optional.of(EnvironmentProxies.basic(userInfo[0], userInfo[1]));
        Proxies proxies = target -> Optional.of(new Proxy("localhost", proxy.getPort(), authorization));
        RegistrySettings settings = RegistrySettings.of(REGISTRY).withPlainHttp(plain);
        return RegistryStores.only(List.of(settings), proxies)
                .open(ImageReference.parse(REGISTRY + "/team/app:1"))
                .manifest("1")
                .isPresent();
    }

    @Test
    void aRequestWithoutTlsNamesItsWholeAddress() throws Exception {
        proxy.enqueue(new MockResponse.Builder().code(404).build());

        assertThat(isThere(true, "ci", "secret")).isFalse();

        RecordedRequest request = proxy.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("GET http://registry.invalid/v2/team/app/manifests/1 HTTP/1.1");
        assertThat(request.getHeaders().get("Host")).isEqualTo(REGISTRY);
        assertThat(request.getHeaders().get("Proxy-Authorization")).isEqualTo(EnvironmentProxies.basic("ci", "secret"));
    }

    @Test
    void aTunnelIsAskedForWithThePassword() throws Exception {
        proxy.enqueue(new MockResponse.Builder().code(403).build());

        assertThatThrownBy(() -> isThere(false, "ci", "secret"))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("the proxy localhost:" + proxy.getPort() + " does not let us through (403)")
                .hasMessageNotContaining("secret");

        RecordedRequest request = proxy.takeRequest();
        assertThat(request.getRequestLine()).isEqualTo("CONNECT registry.invalid:443 HTTP/1.1");
        assertThat(request.getHeaders().get("Proxy-Authorization")).isEqualTo(EnvironmentProxies.basic("ci", "secret"));
        assertThat(request.getHeaders().get("Authorization")).isNull();
    }

    /** Once it has refused, nothing is gained by asking it again. */
    @Test
    void reportsAtOnceAProxyThatWantsAPassword() throws Exception {
        proxy.enqueue(new MockResponse.Builder().code(407).build());
        assertThatThrownBy(() -> isThere(false))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("wants a user and a password (407)")
                .hasMessageContaining("HTTPS_PROXY");

        proxy.enqueue(new MockResponse.Builder().code(407).build());
        assertThatThrownBy(() -> isThere(true)).hasMessageContaining("The proxy wants a user and a password");

        assertThat(proxy.getRequestCount()).isEqualTo(2);
    }
}
