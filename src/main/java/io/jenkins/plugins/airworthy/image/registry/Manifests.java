package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.http.Response;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The manifests of one repository, as bytes and media type (distribution specification, "Pulling manifests" and "Pushing
 * manifests"). Refuses bytes of another digest than asked for or than the registry itself names.
 */
final class Manifests {
    private static final String DIGEST_HEADER = "Docker-Content-Digest";
    /** Statuses with which registries refuse to overwrite immutable content. */
    private static final Set<Integer> MAY_STAND = Set.of(400, 403, 405, 409, 412, 422);

    /** Generic media types that some servers use for every file. */
    private static final Set<String> ANY_JSON = Set.of("application/json", "application/octet-stream", "text/plain");

    private static final String ACCEPT = String.join(
            ", ", MediaTypes.OCI_INDEX, MediaTypes.OCI_MANIFEST, MediaTypes.DOCKER_LIST, MediaTypes.DOCKER_MANIFEST);

    private final Repository repository;
    private final RegistryClient client;

    Manifests(Repository repository, RegistryClient client) {
        this.repository = repository;
        this.client = client;
    }

    /** Returns what a tag points at. Reads the manifest itself if the registry's answer to HEAD is incomplete. */
    Optional<Descriptor> resolve(String tag) throws AirworthyException, InterruptedException {
        Request request = Request.head("resolve " + repository.tagged(tag), address(tag), repository.pull())
                .with("Accept", ACCEPT);
        try (Response answer = client.send(request)) {
            if (client.saysAbsent(answer)) {
                return Optional.empty();
            }
            if (answer.status() != 200) {
                throw client.failures().unexpected(request, answer);
            }
            Optional<Digest> digest = digestNamed(request, answer);
            if (digest.isPresent()
                    && answer.mediaType().isPresent()
                    && answer.contentLength().isPresent()) {
                return Optional.of(new Descriptor(
                        answer.mediaType().get(),
                        digest.get(),
                        answer.contentLength().getAsLong()));
            }
        }
        return byTag(tag).map(Manifest::descriptor);
    }

    Optional<Manifest> byTag(String tag) throws AirworthyException, InterruptedException {
        return get(reading(repository.tagged(tag), tag), Optional.empty(), Optional.empty(), Manifest.MAX_BYTES);
    }

    Optional<Manifest> byDigest(Digest digest) throws AirworthyException, InterruptedException {
        return get(reading(digest), Optional.of(digest), Optional.empty(), Manifest.MAX_BYTES);
    }

    /** Reads a manifest that a list names, and requires the list's media type, which the digest does not cover. */
    Optional<Manifest> listed(Descriptor listed, int maxBytes) throws AirworthyException, InterruptedException {
        return get(reading(listed.digest()), Optional.of(listed.digest()), Optional.of(listed.mediaType()), maxBytes);
    }

    private Request reading(Digest digest) {
        return reading(repository.at(digest), digest.toString());
    }

    private Request reading(String shown, String reference) {
        return Request.get("read the manifest of " + shown, address(reference), repository.pull())
                .with("Accept", ACCEPT);
    }

    private Optional<Manifest> get(Request request, Optional<Digest> expected, Optional<String> listed, int maxBytes)
            throws AirworthyException, InterruptedException {
        BufferedResponse whole = client.whole(request, maxBytes);
        if (client.saysAbsent(whole.answer())) {
            return Optional.empty();
        }
        if (whole.status() != 200) {
            throw whole.failure();
        }
        Digest found = Digest.of(whole.body());
        requireSame(request, expected, found);
        requireSame(request, digestNamed(request, whole.answer()), found);
        String mediaType = whole.answer().mediaType().orElseThrow(() -> client.failures()
                .wrong(request, "does not name the media type"));
        try {
            String type = ANY_JSON.contains(mediaType) ? mediaTypeWithin(whole.body(), mediaType) : mediaType;
            if (listed.isPresent() && !listed.get().equals(type)) {
                throw client.failures()
                        .wrong(request, "calls it '" + type + "', but '" + listed.get() + "' in its list");
            }
            return Optional.of(Manifest.parse(type, whole.body()));
        } catch (InvalidInputException e) {
            if (expected.isPresent()) {
                throw e; // the digest is right, so the content is at fault and not the registry
            }
            throw new UndecidedException(
                    client.failures()
                            .wrong(request, "answered with something that is not a manifest: " + e.getMessage())
                            .getMessage(),
                    e);
        }
    }

    /** Returns the media type in a manifest, for a registry that only says that it is JSON. */
    private static String mediaTypeWithin(byte[] manifest, String otherwise) throws InvalidInputException {
        return StrictJson.parseObject(manifest, "manifest", Manifest.MAX_BYTES, Manifest.MAX_VALUES)
                .optionalString("mediaType")
                .orElse(otherwise);
    }

    /**
     * Writes a manifest under its digest or a tag.
     *
     * @return whether the registry will list it among the referrers of its subject
     */
    boolean put(String reference, Manifest manifest) throws AirworthyException, InterruptedException {
        Request request = putting(reference, manifest);
        for (int attempt = 1; ; attempt++) {
            try (Response answer = client.send(request)) {
                if (answer.status() / 100 == 2) {
                    return isListed(request, answer, manifest);
                }
                UnexpectedResponseException failure = client.failures().unexpected(request, answer);
                if (MAY_STAND.contains(answer.status()) && stands(reference, manifest)) {
                    return false;
                }
                if (!isUntrue(failure) || attempt >= client.limits().attempts()) {
                    throw failure;
                }
            }
            RetryPolicy.pause(client.limits(), attempt, Duration.ZERO);
        }
    }

    /** Returns whether an immutable tag points at this manifest already: registries refuse the write, but nothing is wrong. */
    private boolean stands(String reference, Manifest manifest) throws AirworthyException, InterruptedException {
        Request request = Request.get("read what is at " + shown(reference), address(reference), repository.pull())
                .with("Accept", ACCEPT);
        BufferedResponse whole = client.whole(request, Manifest.MAX_BYTES);
        return whole.status() == 200 && Digest.of(whole.body()).equals(manifest.digest());
    }

    /**
     * Writes a new manifest made from the tag's current one. Never retried, since a retry could overwrite a newer manifest of
     * another writer.
     *
     * @return the failure, when it may pass; whether it was written is not known then
     */
    Optional<UndecidedException> putOnce(String tag, Manifest manifest)
            throws AirworthyException, InterruptedException {
        Request request = putting(tag, manifest).never();
        try (Response answer = client.send(request)) {
            if (answer.status() / 100 == 2) {
                isListed(request, answer, manifest);
                return Optional.empty();
            }
            UnexpectedResponseException failure = client.failures().unexpected(request, answer);
            if (RetryPolicy.mayPass(answer.status()) || isUntrue(failure)) {
                return Optional.of(failure);
            }
            throw failure;
        } catch (ConnectionLostException e) {
            return Optional.of(e);
        }
    }

    /**
     * Removes a manifest.
     *
     * @return false when the registry does not remove manifests at all
     */
    boolean delete(Digest digest) throws AirworthyException, InterruptedException {
        Request request = Request.delete(
                "remove the manifest " + repository.at(digest), address(digest.toString()), repository.delete());
        try (Response answer = client.send(request)) {
            if (answer.status() / 100 == 2 || answer.status() == 404) {
                return true;
            }
            if (answer.status() == 405 || answer.status() == 501) {
                return false;
            }
            throw client.failures().unexpected(request, answer);
        }
    }

    /**
     * Returns whether the failure cannot be true, since we hashed the content: docker-registry answers so while another writer
     * stores a blob that both manifests name.
     */
    private static boolean isUntrue(UnexpectedResponseException failure) {
        return failure.code().equals(Optional.of("DIGEST_INVALID"));
    }

    private Request putting(String reference, Manifest manifest) {
        return Request.put(
                        "write the manifest of " + shown(reference),
                        address(reference),
                        manifest.content().bytes(),
                        repository.push())
                .with("Content-Type", manifest.content().mediaType());
    }

    private String shown(String reference) {
        return repository.name() + (reference.contains(":") ? "@" : ":") + reference;
    }

    Limits limits() {
        return client.limits();
    }

    private boolean isListed(Request request, Response answer, Manifest manifest) throws UndecidedException {
        requireSame(request, digestNamed(request, answer), manifest.digest());
        Optional<String> subject = manifest.subject().map(s -> s.digest().toString());
        return subject.isPresent() && answer.header("OCI-Subject").equals(subject);
    }

    private Optional<Digest> digestNamed(Request request, Response answer) throws UndecidedException {
        Optional<String> header = answer.header(DIGEST_HEADER);
        try {
            return header.isEmpty() ? Optional.empty() : Optional.of(Digest.parse(header.get()));
        } catch (InvalidInputException e) {
            throw new UndecidedException(
                    client.failures()
                            .wrong(request, "names it by a digest other than SHA-256")
                            .getMessage(),
                    e);
        }
    }

    private void requireSame(Request request, Optional<Digest> named, Digest found) throws UndecidedException {
        if (named.isPresent() && !named.get().equals(found)) {
            throw client.failures()
                    .wrong(
                            request,
                            "answered with content " + found + " where " + named.get() + " was to be; do not trust it");
        }
    }

    private URI address(String reference) {
        return client.address(repository.api() + "/manifests/" + reference);
    }
}
