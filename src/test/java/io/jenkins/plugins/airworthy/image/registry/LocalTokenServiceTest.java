package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Token services on this machine. Whoever owns a domain can let its name lead here, at any moment. */
class LocalTokenServiceTest {
    private FakeRegistry service;

    @BeforeEach
    void start() throws Exception {
        service = new FakeRegistry();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private TokenRequest.Token ask(boolean elsewhere) throws Exception {
        Connections connections = new Connections(
                FakeRegistry.IMPATIENT,
                RequestListener.NONE,
                target -> {
                    throw new IllegalStateException("nothing here is encrypted");
                },
                Proxies.NONE);
        URI realm = URI.create("http://" + service.host() + "/token");
        return new TokenRequest(new RetryPolicy(connections, "registry.example.com"), "registry.example.com")
                .fetch(new TokenService(realm, Optional.empty(), elsewhere), Optional.empty(), List.of());
    }

    @Test
    void sendsNothingToALocalServiceThatIsOnlySimilarByName() {
        service.answer(FakeRegistry.response(200).body("{\"token\":\"given\"}"));

        assertThatThrownBy(() -> ask(true))
                .isInstanceOf(UndecidedException.class)
                .hasMessageContaining("an address of this machine, which is refused");
        assertThat(service.requests()).isZero();
    }

    @Test
    void asksTheRegistrysOwnLocalService() throws Exception {
        service.answer(FakeRegistry.response(200).body("{\"token\":\"given\"}"));

        assertThat(ask(false).text()).isEqualTo("given");
    }

    @Test
    void allowsOnlyTheRegistrysOwnAndConfiguredServicesOnThisMachine() throws Exception {
        RegistrySettings settings =
                RegistrySettings.of("registry.example.com:5000").withTokenRealms(Set.of("auth.example.net"));

        assertThat(service("https://registry.example.com/t", settings).elsewhere())
                .isFalse();
        assertThat(service("https://auth.example.net/t", settings).elsewhere()).isFalse();
        assertThat(service("https://example.com/t", settings).elsewhere()).isTrue();
        assertThat(service("https://auth.docker.io/t", RegistrySettings.of("docker.io"))
                        .elsewhere())
                .isTrue();
    }

    private static TokenService service(String realm, RegistrySettings settings) throws UndecidedException {
        return TokenService.of(new Challenge("bearer", Map.of("realm", realm)), settings);
    }
}
