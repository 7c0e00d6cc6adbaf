package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.http.Interruption;
import io.jenkins.plugins.airworthy.image.http.Response;
import io.jenkins.plugins.airworthy.image.http.SourceException;
import io.jenkins.plugins.airworthy.image.manifest.ContentMismatchException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.store.ImageStore.BlobSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One upload session. Small content goes in one request. Large content is a stream that continues, after a lost connection,
 * from the byte that the registry names, and that is split where the registry or a proxy before it limits the size of a request.
 * Some registries (docker-registry 2.8 among them) drop a session that broke off
 * in mid-stream; then a new one begins. The registry checks the digest when a session ends.
 */
final class BlobUpload {
    /** Content up to this size is sent in one request, and again from its start if that fails. */
    static final long SINGLE_REQUEST_BYTES = 4L * 1024 * 1024;

    private static final Set<Integer> SESSION_GONE = Set.of(404, 416);

    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

    private final Repository repository;
    private final RegistryClient client;
    private final Descriptor blob;
    private final BlobSource source;
    private final long most;

    /** How many bytes the registry has, and where to continue. */
    private record State(URI location, long received) {}

    /** @param most the maximum number of bytes in one request */
    BlobUpload(Repository repository, RegistryClient client, Descriptor blob, BlobSource source, long most) {
        this.repository = repository;
        this.client = client;
        this.blob = blob;
        this.source = source;
        this.most = most;
    }

    /**
     * Sends the content.
     *
     * @return whether the registry said that it has the blob now; otherwise the caller must check
     * @throws ConnectionLostException when a new session may succeed
     * @throws RefusedSizeException when smaller pieces may
     */
    boolean run(URI session) throws AirworthyException, InterruptedException {
        if (blob.size() <= Math.min(SINGLE_REQUEST_BYTES, most)) {
            return commit(session, true);
        }
        State state = new State(session, 0);
        for (int attempt = 1; ; attempt++) {
            try {
                if (state.received() < blob.size()) {
                    state = stream(state);
                }
                return commit(state.location(), false);
            } catch (ConnectionLostException e) {
                if (attempt >= client.limits().attempts()) {
                    throw e;
                }
                RetryPolicy.pause(client.limits(), attempt, e.after());
                state = ask(state.location());
            }
        }
    }

    private State stream(State from) throws AirworthyException, InterruptedException {
        try (InputStream content = source.open()) {
            content.skipNBytes(from.received());
            State state = from;
            while (state.received() < blob.size()) {
                state = patch(state, content);
            }
            return state;
        } catch (SourceException e) {
            throw sourceFailed(e.reason());
        } catch (IOException e) {
            throw sourceFailed(e);
        }
    }

    private State patch(State state, InputStream content)
            throws AirworthyException, InterruptedException, SourceException {
        long end = state.received() + Math.min(most, blob.size() - state.received());
        Request request = request("PATCH", state.location());
        if (end - state.received() < blob.size()) {
            request = request.with("Content-Range", state.received() + "-" + (end - 1));
        }
        InputStream piece = end < blob.size() ? new UploadPiece(content, end - state.received()) : content;
        try (Response answer = client.upload(request, piece, end - state.received())) {
            requireSuccess(request, answer);
            return new State(location(client, request, answer), end);
        }
    }

    private boolean commit(URI location, boolean withContent) throws AirworthyException, InterruptedException {
        String separator = location.getRawQuery() == null ? "?" : "&";
        Request request = request("PUT", URI.create(location + separator + "digest=" + blob.digest()));
        // After a stream nothing is left to send, so the length is 0.
        try (Response answer = withContent ? sendWhole(request) : client.send(request.once())) {
            requireSuccess(request, answer);
            return answer.status() == 201;
        }
    }

    private State ask(URI location) throws AirworthyException, InterruptedException {
        Request request =
                Request.get("go on writing the blob " + repository.at(blob.digest()), location, repository.push());
        try (Response answer = client.send(request)) {
            requireSuccess(request, answer);
            Matcher range = RANGE.matcher(answer.header("Range").orElse(""));
            // "0-0" means either nothing or one byte.
            boolean usable = range.matches() && !range.group(1).equals("0");
            long received = usable ? Long.parseLong(range.group(1)) + 1 : 0;
            if (!usable || received > blob.size()) {
                UndecidedException failure = client.failures().wrong(request, "does not say how much it received");
                throw new ConnectionLostException(failure.getMessage(), failure);
            }
            return new State(location(client, request, answer), received);
        }
    }

    private Response sendWhole(Request request) throws AirworthyException, InterruptedException {
        if (blob.size() == 0) {
            return client.send(request.once());
        }
        try (InputStream content = source.open()) {
            return client.upload(request, content, blob.size());
        } catch (SourceException e) {
            throw sourceFailed(e.reason());
        } catch (IOException e) {
            throw sourceFailed(e);
        }
    }

    private UndecidedException sourceFailed(IOException failure) throws InterruptedException {
        Interruption.rethrow(failure);
        return new UndecidedException(
                "could not write the blob " + repository.at(blob.digest()) + ": its content could not be read: "
                        + reason(failure),
                failure);
    }

    /** Returns the reason; passes on only messages of our own streams. */
    private static String reason(IOException failure) {
        boolean ours = failure instanceof ContentMismatchException || failure.getCause() instanceof AirworthyException;
        return ours ? failure.getMessage() : "reading failed, or its length differs from the announced one";
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

    /** Accepts any 2xx: registries still answer with statuses of older versions of the specification. */
    private void requireSuccess(Request request, Response answer) throws AirworthyException, InterruptedException {
        if (answer.status() / 100 == 2) {
            return;
        }
        boolean renewed = client.isRenewed(request, answer);
        Duration after = RetryPolicy.retryAfter(answer);
        UndecidedException failure = client.failures().unexpected(request, answer);
        if (answer.status() == 413) {
            throw new RefusedSizeException(failure);
        }
        boolean mayPass = answer.status() >= 500
                || SESSION_GONE.contains(answer.status())
                || RetryPolicy.mayPass(answer.status())
                || renewed;
        throw mayPass && after.compareTo(client.limits().longestRetryAfter()) <= 0
                ? new ConnectionLostException(failure.getMessage(), failure, after)
                : failure;
    }

    static URI location(RegistryClient client, Request request, Response answer) throws UndecidedException {
        Optional<String> written = answer.header("Location");
        if (written.isEmpty()) {
            throw client.failures().wrong(request, "does not say where to continue");
        }
        return client.own(request, answer.uri(), written.get());
    }
}
