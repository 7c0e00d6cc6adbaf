package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import mockwebserver3.MockWebServer;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Registries as the product speaks to them, only that it waits for them no longer than a test may take. */
public final class HastyStores {
    /** How often one thing is tried. */
    public static final int ATTEMPTS = FakeRegistry.IMPATIENT.attempts();

    private HastyStores() {}

    public static RegistryStores of(RegistrySettings... settings) throws AirworthyException {
        return new RegistryStores(
                List.of(settings),
                Optional.empty(),
                Proxies.NONE,
                RequestListener.NONE,
                FakeRegistry.IMPATIENT,
                InstantSource.system());
    }

    /** A server that sends at once what it has. */
    public static MockWebServer server() {
        MockWebServer server = new MockWebServer();
        server.setServerSocketFactory(new PromptSockets());
        return server;
    }
}
