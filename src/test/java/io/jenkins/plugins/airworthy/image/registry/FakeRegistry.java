package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.store.TagWritePolicy;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A registry that answers what a test tells it to, in order, and remembers what it was asked. */
final class FakeRegistry implements AutoCloseable {
    /** Short waits, so that a test of a stall ends soon. */
    static final Limits IMPATIENT = new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofMillis(300),
            3,
            Duration.ofMillis(2),
            Duration.ofMillis(5),
            Duration.ofSeconds(1),
            new TagWritePolicy(
                    Duration.ofMillis(1), 0, Duration.ofSeconds(1), Duration.ofMillis(10), Duration.ofSeconds(4), 3));

    private final MockWebServer server = new MockWebServer();

    FakeRegistry() throws IOException {
        server.setServerSocketFactory(new PromptSockets());
        server.start();
    }

    MockWebServer server() {
        return server;
    }

    String host() {
        return "localhost:" + server.getPort();
    }

    RegistrySettings settings() throws AirworthyException {
        return RegistrySettings.of(host());
    }

    RegistryStores stores(RegistrySettings... settings) throws AirworthyException {
        return new RegistryStores(
                List.of(settings),
                Optional.of(CredentialSource.ANONYMOUS),
                Proxies.NONE,
                RequestListener.NONE,
                IMPATIENT,
                InstantSource.system());
    }

    RegistryStore store(RegistrySettings... settings) throws AirworthyException {
        return open(stores(settings));
    }

    RegistryStore open(RegistryStores stores) throws AirworthyException {
        return stores.open(ImageReference.parse(host() + "/team/app"));
    }

    void answer(MockResponse.Builder response) {
        server.enqueue(response.build());
    }

    void answer(int status) {
        answer(response(status));
    }

    static MockResponse.Builder response(int status) {
        return new MockResponse.Builder().code(status);
    }

    static MockResponse.Builder body(byte[] bytes) {
        return response(200).body(new Buffer().write(bytes));
    }

    /** A manifest as an honest registry sends it. */
    static MockResponse.Builder manifest(SampleImage image) {
        byte[] bytes = image.manifest().content().bytes();
        return body(bytes)
                .setHeader("Content-Type", image.manifest().content().mediaType())
                .setHeader("Docker-Content-Digest", Digest.of(bytes));
    }

    static MockResponse.Builder error(int status, String code) {
        return response(status).body("{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"told by a stranger\"}]}");
    }

    RecordedRequest next() throws InterruptedException {
        return server.takeRequest();
    }

    int requests() {
        return server.getRequestCount();
    }

    @Override
    public void close() {
        server.close();
    }
}
