package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.Samples;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.ManifestBytes;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.registry.HastyStores;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Layout folders served as a registry with the referrers API. An attack can change or replace every answer.
 */
final class ServedRegistry implements AutoCloseable {
    private static final Pattern CALL = Pattern.compile(
            "/v2/(?<name>[a-z0-9/]+)/(?<kind>manifests|blobs/uploads|blobs|referrers)/(?<what>[^?]*)(?:\\?.*)?");

    private final Path folder;
    private final MockWebServer server = HastyStores.server();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    /** What becomes of an answer; by nature as it is. */
    volatile BiFunction<RecordedRequest, MockResponse, MockResponse> trouble = (request, answer) -> answer;

    /** Asked before anything is done; an answer here means that nothing is. */
    volatile BiFunction<String, RecordedRequest, Optional<MockResponse>> before = (call, request) -> Optional.empty();

    ServedRegistry(Path folder) throws IOException {
        this.folder = folder;
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String call = request.getMethod() + " " + request.getTarget();
                asked.add(call);
                authorizations.add(Optional.ofNullable(request.getHeaders().get("Authorization"))
                        .orElse(""));
                Optional<MockResponse> instead = before.apply(call, request);
                MockResponse answer = instead.isPresent() ? instead.get() : trouble.apply(request, answer(request));
                return request.getMethod().equals("HEAD") ? withoutBody(answer) : answer;
            }
        });
    }

    ServedRegistry start() throws IOException {
        server.start();
        return this;
    }

    MockWebServer server() {
        return server;
    }

    String host() {
        return "localhost:" + server.getPort();
    }

    /** The server would send a body all the same, which the next answer's reader would stumble over. */
    private static MockResponse withoutBody(MockResponse answer) {
        String length = answer.getHeaders().get("Content-Length");
        MockResponse.Builder head = answer.newBuilder().body(new Buffer());
        return length == null
                ? head.build()
                : head.setHeader("Content-Length", length).build();
    }

    private MockResponse answer(RecordedRequest request) {
        Matcher call = CALL.matcher(request.getTarget());
        if (!call.matches()) {
            return status(404);
        }
        try {
            ImageStore store = LayoutStore.open(
                    (LayoutReference) ImageReference.parse("oci:" + folder.resolve(call.group("name"))));
            String what = call.group("what");
            return switch (call.group("kind")) {
                case "manifests" ->
                    request.getMethod().equals("PUT") ? put(store, what, request) : manifest(store, what);
                case "blobs" -> blob(call.group("name"), Digest.parse(what));
                case "referrers" -> referrers(store, Digest.parse(what));
                default -> upload(store, request, call.group("name"));
            };
        } catch (AirworthyException | IOException e) {
            throw new AssertionError(request.getMethod() + " " + request.getTarget(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return status(503);
        }
    }

    private static MockResponse manifest(ImageStore store, String what)
            throws AirworthyException, InterruptedException {
        Optional<Manifest> found = what.contains(":") ? store.manifest(Digest.parse(what)) : store.manifest(what);
        return found.map(manifest -> of(manifest.content())).orElse(status(404));
    }

    private static MockResponse of(ManifestBytes content) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", content.mediaType())
                .setHeader("Docker-Content-Digest", Digest.of(content.bytes()))
                .body(new Buffer().write(content.bytes()))
                .build();
    }

    private static MockResponse put(ImageStore store, String what, RecordedRequest request)
            throws AirworthyException, InterruptedException {
        Manifest manifest = Manifest.parse(
                request.getHeaders().get("Content-Type"), request.getBody().toByteArray());
        if (what.contains(":")) {
            store.putManifest(manifest);
        } else {
            store.tag(what, manifest);
        }
        MockResponse.Builder done = new MockResponse.Builder().code(201);
        manifest.subject().ifPresent(subject -> done.setHeader("OCI-Subject", subject.digest()));
        return done.build();
    }

    private MockResponse blob(String name, Digest digest) throws IOException {
        Path file = folder.resolve(name).resolve("blobs/sha256").resolve(digest.hex());
        return Files.exists(file)
                ? new MockResponse.Builder()
                        .code(200)
                        .body(new Buffer().write(Files.readAllBytes(file)))
                        .build()
                : status(404);
    }

    private static MockResponse referrers(ImageStore store, Digest subject)
            throws AirworthyException, InterruptedException {
        byte[] index = StrictJson.write(Samples.index(store.referrers(subject).toArray(Descriptor[]::new)));
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", MediaTypes.OCI_INDEX)
                .body(new Buffer().write(index))
                .build();
    }

    private static MockResponse upload(ImageStore store, RecordedRequest request, String name)
            throws AirworthyException, InterruptedException {
        if (request.getMethod().equals("PUT")) {
            byte[] bytes = request.getBody().toByteArray();
            store.putBlob(Descriptor.of("application/octet-stream", bytes), () -> new ByteArrayInputStream(bytes));
            return status(201);
        }
        return request.getMethod().equals("DELETE")
                ? status(204)
                : new MockResponse.Builder()
                        .code(202)
                        .setHeader("Location", "/v2/" + name + "/blobs/uploads/session")
                        .build();
    }

    static MockResponse status(int code) {
        return new MockResponse.Builder().code(code).build();
    }

    @Override
    public void close() {
        server.close();
    }
}
