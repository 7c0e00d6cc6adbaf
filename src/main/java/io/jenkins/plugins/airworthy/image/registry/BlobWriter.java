package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.http.Response;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore.BlobSource;

import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Writes blobs into one repository (distribution specification, "Pushing blobs"). Skips blobs that are there already,
 * mounts blobs of the same registry, and uploads the rest.
 */
final class BlobWriter {
    /** The sizes that are tried if a body is refused for its size; the last is the default limit of nginx. */
    private static final long[] PIECES = {64L << 20, 8L << 20, 1L << 20};

    private final Repository repository;
    private final RegistryClient client;

    /** Maximum number of bytes in one request. Shared by the writing threads; each uses the smallest that any of them found. */
    private volatile long most = Long.MAX_VALUE;

    BlobWriter(Repository repository, RegistryClient client) {
        this.repository = repository;
        this.client = client;
    }

    boolean has(Digest blob) throws AirworthyException, InterruptedException {
        return look(blob, answer -> answer.status() == 200);
    }

    /** Returns the size of a blob as the registry reports it. */
    OptionalLong size(Digest blob) throws AirworthyException, InterruptedException {
        return look(blob, answer -> answer.status() == 200 ? answer.contentLength() : OptionalLong.empty());
    }

    private <T> T look(Digest blob, Function<Response, T> found) throws AirworthyException, InterruptedException {
        Request request = Request.head(
                "look for the blob " + repository.at(blob),
                client.address(repository.api() + "/blobs/" + blob),
                repository.pull());
        try (Response answer = client.send(request)) {
            if (answer.status() != 200 && answer.status() != 404) {
                throw client.failures().unexpected(request, answer);
            }
            return found.apply(answer);
        }
    }

    void put(Descriptor blob, BlobSource source) throws AirworthyException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            // Also finds the blob of an earlier attempt with an unknown outcome, which is why a POST may be sent
            // again.
            if (has(blob.digest())) {
                return;
            }
            Duration after = Duration.ZERO;
            try {
                if (upload(blob, source)) {
                    return;
                }
                if (attempt >= client.limits().attempts()) {
                    throw client.failures()
                            .wrong(beginning(blob), "says that it received the blob, but does not have it");
                }
            } catch (ConnectionLostException e) {
                if (attempt >= client.limits().attempts()) {
                    throw e;
                }
                after = e.after();
            }
            RetryPolicy.pause(client.limits(), attempt, after);
        }
    }

    /** Returns whether the registry confirmed that it has the blob. */
    private boolean upload(Descriptor blob, BlobSource source) throws AirworthyException, InterruptedException {
        while (true) {
            long piece = most;
            try {
                return new BlobUpload(repository, client, blob, source, piece).run(begin(blob));
            } catch (RefusedSizeException e) {
                long smaller = smaller(Math.min(piece, blob.size())).orElseThrow(() -> e);
                most = Math.min(most, smaller);
            }
        }
    }

    /** Returns the largest allowed piece below a refused size. */
    private static OptionalLong smaller(long refused) {
        return LongStream.of(PIECES).filter(size -> size < refused).findFirst();
    }

    private URI begin(Descriptor blob) throws AirworthyException, InterruptedException {
        Request request = beginning(blob);
        try (Response answer = client.send(request)) {
            if (answer.status() / 100 != 2) {
                UndecidedException failure = client.failures().unexpected(request, answer);
                // It is unknown whether a session began; the next attempt looks for the blob first.
                throw RetryPolicy.mayPass(answer.status()) && !RetryPolicy.didNothing(answer.status())
                        ? new ConnectionLostException(failure.getMessage(), failure)
                        : failure;
            }
            return BlobUpload.location(client, request, answer);
        }
    }

    private Request beginning(Descriptor blob) {
        return Request.post(
                "write the blob " + repository.at(blob.digest()),
                client.address(repository.api() + "/blobs/uploads/"),
                new byte[0],
                repository.push());
    }

    /** Returns false if the registry wants the bytes instead, for any reason. */
    boolean mount(Descriptor blob, Repository from) throws AirworthyException, InterruptedException {
        String query = "?mount=" + blob.digest() + "&from=" + from.reference().path();
        Request request = Request.post(
                "mount the blob " + from.at(blob.digest()) + " in " + repository.name(),
                client.address(repository.api() + "/blobs/uploads/" + query),
                new byte[0],
                repository.mountFrom(from));
        try (Response answer = client.send(request)) {
            if (answer.status() == 202) {
                cancel(BlobUpload.location(client, request, answer));
            }
            return answer.status() == 201;
        } catch (UnexpectedResponseException e) {
            return false; // the token service issues no token for both repositories
        }
    }

    private void cancel(URI session) throws AirworthyException, InterruptedException {
        Request request = Request.delete("cancel an upload to " + repository.name(), session, repository.push());
        try (Response answer = client.send(request)) {
            answer.body().close();
        } catch (UndecidedException e) {
            return; // the registry will drop it in time
        }
    }
}
