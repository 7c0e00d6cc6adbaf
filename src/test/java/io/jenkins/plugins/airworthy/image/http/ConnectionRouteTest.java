package io.jenkins.plugins.airworthy.image.http;

import org.junit.jupiter.api.Test;

import javax.net.ssl.SSLContext;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** A connection that is used for the requests of another route would go to another place, or without the checks of that route. */
class ConnectionRouteTest {
    private final Optional<SSLContext> tls = context();
    private final Optional<Proxy> proxy = Optional.of(new Proxy("proxy", 3128, Optional.of("Basic eDp5")));
    private final ConnectionRoute route = new ConnectionRoute("registry", 443, tls, proxy);

    private static Optional<SSLContext> context() {
        try {
            return Optional.of(SSLContext.getInstance("TLS"));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anotherHostPortTrustOrProxyIsAnotherRoute() {
        Optional<Proxy> otherUser = Optional.of(new Proxy("proxy", 3128, Optional.empty()));
        assertThat(route)
                .isNotEqualTo(new ConnectionRoute("other", 443, tls, proxy))
                .isNotEqualTo(new ConnectionRoute("registry", 444, tls, proxy))
                .isNotEqualTo(new ConnectionRoute("registry", 443, Optional.empty(), proxy))
                .isNotEqualTo(new ConnectionRoute("registry", 443, context(), proxy))
                .isNotEqualTo(new ConnectionRoute("registry", 443, tls, Optional.empty()))
                .isNotEqualTo(new ConnectionRoute("registry", 443, tls, otherUser))
                .isNotEqualTo("registry");
        assertThat(ConnectionRoute.class.getRecordComponents())
                .as("what equals compares")
                .hasSize(4);
    }

    @Test
    void theSameIsTheSameHoweverItsHostAndPortAreWritten() {
        ConnectionRoute written = ConnectionRoute.of(URI.create("https://REGISTRY/v2/"), tls, proxy);
        assertThat(written).isEqualTo(route).hasSameHashCodeAs(route);
    }
}
