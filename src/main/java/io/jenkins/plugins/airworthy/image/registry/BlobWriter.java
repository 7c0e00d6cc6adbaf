package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.http.Answer;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.Descriptor;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.ImageStore.BlobSource;

import java.net.URI;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Writes blobs into one repository (distribution specification, "Pushing blobs"): nothing that is there already, by
 * mounting where the bytes are in the same registry, else by an upload.
 */
final class BlobWriter {
    private final Repository repository;
    private final RegistryClient client;

    BlobWriter(Repository repository, RegistryClient client) {
        this.repository = repository;
        this.client = client;
    }

    boolean has(Digest blob) throws AirworthyException, InterruptedException {
        return look(blob, answer -> answer.status() == 200);
    }

    /** As the registry says it. */
    OptionalLong size(Digest blob) throws AirworthyException, InterruptedException {
        return look(blob, answer -> answer.status() == 200 ? answer.contentLength() : OptionalLong.empty());
    }

    private <T> T look(Digest blob, Function<Answer, T> found) throws AirworthyException, InterruptedException {
        Request request = Request.head(
                "look for the blob " + repository.at(blob),
                client.address(repository.api() + "/blobs/" + blob),
                repository.pull());
        try (Answer answer = client.send(request)) {
            if (answer.status() != 200 && answer.status() != 404) {
                throw client.failures().unexpected(request, answer);
            }
            return found.apply(answer);
        }
    }

    void put(Descriptor blob, BlobSource source) throws AirworthyException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            // Also the answer to a try before this one whose outcome is not known: that is why a POST may be sent
            // again.
            if (has(blob.digest())) {
                return;
            }
            try {
                new BlobUpload(repository, client, blob, source).run(begin(blob));
                return;
            } catch (ConnectionLostException e) {
                if (attempt >= client.limits().attempts()) {
                    throw e;
                }
            }
            Repetition.pause(client.limits(), attempt, Duration.ZERO);
        }
    }

    private URI begin(Descriptor blob) throws AirworthyException, InterruptedException {
        Request request = Request.post(
                "write the blob " + repository.at(blob.digest()),
                client.address(repository.api() + "/blobs/uploads/"),
                new byte[0],
                repository.push());
        try (Answer answer = client.send(request)) {
            if (answer.status() != 202) {
                throw client.failures().unexpected(request, answer);
            }
            return BlobUpload.location(client, request, answer);
        }
    }

    /** False when the registry would have the bytes instead, for whatever reason. */
    boolean mount(Descriptor blob, Repository from) throws AirworthyException, InterruptedException {
        String query = "?mount=" + blob.digest() + "&from=" + from.reference().path();
        Request request = Request.post(
                "mount the blob " + from.at(blob.digest()) + " in " + repository.name(),
                client.address(repository.api() + "/blobs/uploads/" + query),
                new byte[0],
                repository.mountFrom(from));
        try (Answer answer = client.send(request)) {
            if (answer.status() == 202) {
                cancel(BlobUpload.location(client, request, answer));
            } else if (answer.status() >= 500) {
                throw client.failures().unexpected(request, answer);
            }
            return answer.status() == 201;
        }
    }

    private void cancel(URI session) throws AirworthyException, InterruptedException {
        Request request = Request.delete("cancel an upload to " + repository.name(), session, repository.push());
        try (Answer answer = client.send(request)) {
            answer.body().close();
        } catch (UndecidedException e) {
            return; // the registry will drop it in time
        }
    }
}
