package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.http.Answer;
import io.jenkins.plugins.airworthy.image.http.Interruption;
import io.jenkins.plugins.airworthy.image.http.SourceException;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.ContentMismatchException;
import io.jenkins.plugins.airworthy.image.Descriptor;
import io.jenkins.plugins.airworthy.image.ImageStore.BlobSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One upload session: small content in one request; large content as a stream that goes on, after a lost connection,
 * from the byte that the registry names. Some registries (docker-registry 2.8 among them) drop a session that broke off
 * in mid-stream; then a new one begins. The registry checks the digest when a session ends.
 */
final class BlobUpload {
    /** Up to this size content is sent in one request and from its start when that fails. */
    static final long SINGLE_REQUEST_BYTES = 4L * 1024 * 1024;

    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

    private final Repository repository;
    private final RegistryClient client;
    private final Descriptor blob;
    private final BlobSource source;

    /** How far the registry is, and where to go on. */
    private record State(URI location, long received) {}

    BlobUpload(Repository repository, RegistryClient client, Descriptor blob, BlobSource source) {
        this.repository = repository;
        this.client = client;
        this.blob = blob;
        this.source = source;
    }

    /** @throws ConnectionLostException when a new session may succeed */
    void run(URI session) throws AirworthyException, InterruptedException {
        if (blob.size() <= SINGLE_REQUEST_BYTES) {
            commit(session, true);
            return;
        }
        State state = new State(session, 0);
        for (int attempt = 1; ; attempt++) {
            try {
                if (state.received() < blob.size()) {
                    state = patch(state);
                }
                commit(state.location(), false);
                return;
            } catch (ConnectionLostException e) {
                if (attempt >= client.limits().attempts()) {
                    throw e;
                }
                Repetition.pause(client.limits(), attempt, Duration.ZERO);
                state = ask(state.location());
            }
        }
    }

    private State patch(State state) throws AirworthyException, InterruptedException {
        Request request = request("PATCH", state.location());
        if (state.received() > 0) {
            request = request.with("Content-Range", state.received() + "-" + (blob.size() - 1));
        }
        try (Answer answer = send(request, state.received())) {
            requireStatus(request, answer, 202);
            return new State(location(client, request, answer), blob.size());
        }
    }

    private void commit(URI location, boolean withContent) throws AirworthyException, InterruptedException {
        String separator = location.getRawQuery() == null ? "?" : "&";
        Request request = request("PUT", URI.create(location + separator + "digest=" + blob.digest()));
        // Nothing is left to send after a stream; the length says so.
        try (Answer answer = send(request, withContent ? 0 : blob.size())) {
            requireStatus(request, answer, 201);
        }
    }

    private State ask(URI location) throws AirworthyException, InterruptedException {
        Request request =
                Request.get("go on writing the blob " + repository.at(blob.digest()), location, repository.push());
        try (Answer answer = client.send(request)) {
            requireStatus(request, answer, 204);
            Matcher range = RANGE.matcher(answer.header("Range").orElse(""));
            // "0-0" is said both of nothing and of one byte.
            boolean usable = range.matches() && !range.group(1).equals("0");
            long received = usable ? Long.parseLong(range.group(1)) + 1 : 0;
            if (!usable || received > blob.size()) {
                throw gone(client.failures().wrong(request, "does not tell how much it has"));
            }
            return new State(location(client, request, answer), received);
        }
    }

    private Answer send(Request request, long from) throws AirworthyException, InterruptedException {
        if (from >= blob.size()) {
            return client.send(request.once());
        }
        try (InputStream content = source.open()) {
            content.skipNBytes(from);
            return client.upload(request, content, blob.size() - from);
        } catch (SourceException e) {
            throw sourceFailed(e.reason());
        } catch (IOException e) {
            throw sourceFailed(e);
        }
    }

    private UndecidedException sourceFailed(IOException failure) throws InterruptedException {
        Interruption.rethrow(failure);
        return new UndecidedException(
                "could not write the blob " + repository.at(blob.digest()) + ": what was to be sent could not be read: "
                        + told(failure),
                failure);
    }

    /** Only what this house itself said of its streams is passed on. */
    private static String told(IOException failure) {
        boolean ours = failure instanceof ContentMismatchException || failure.getCause() instanceof AirworthyException;
        return ours ? failure.getMessage() : "reading failed, or its length is not the announced one";
    }

    private Request request(String method, URI location) {
        return new Request(
                        "write the blob " + repository.at(blob.digest()),
                        method,
                        location,
                        Map.of(),
                        Optional.empty(),
                        repository.push(),
                        Request.Repeats.IF_NOTHING_WAS_DONE,
                        false)
                .with("Content-Type", "application/octet-stream");
    }

    private void requireStatus(Request request, Answer answer, int expected) throws UndecidedException {
        if (answer.status() == expected) {
            return;
        }
        UndecidedException failure = client.failures().unexpected(request, answer);
        boolean sessionGone = answer.status() == 404 || answer.status() == 416 || answer.status() >= 500;
        throw sessionGone ? gone(failure) : failure;
    }

    private static ConnectionLostException gone(UndecidedException failure) {
        return new ConnectionLostException(failure.getMessage(), failure);
    }

    static URI location(RegistryClient client, Request request, Answer answer) throws UndecidedException {
        Optional<String> written = answer.header("Location");
        if (written.isEmpty()) {
            throw client.failures().wrong(request, "does not say where to go on");
        }
        return client.own(request, answer.uri(), written.get());
    }
}
