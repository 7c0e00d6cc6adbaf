package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.ThisMachine;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.http.Interruption;
import io.jenkins.plugins.airworthy.image.http.Response;
import io.jenkins.plugins.airworthy.image.http.SourceException;
import io.jenkins.plugins.airworthy.image.http.TimedOutException;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A client of one registry: it authorises, retries temporary failures, and follows redirects of reads. A redirect
 * to another origin gets no credential, and redirects from TLS to plain http or to this machine are refused.
 */
final class RegistryClient {
    /** Maximum number of redirects of one request. */
    static final int MAX_REDIRECTS = 5;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** Statuses with which a credential is refused. */
    private static final Set<Integer> REFUSALS = Set.of(401, 403);

    /** Statuses with which registries hide private repositories from anonymous clients. */
    private static final Set<Integer> TOLD_TO_STRANGERS = Set.of(400, 403, 404);

    private final RegistrySettings settings;
    private final Connections connections;
    private final RetryPolicy repetition;
    private final Authorization authorization;
    private final ErrorTranslator failures;
    /** Whether the registry is known to need no authentication. */
    private volatile boolean open;

    RegistryClient(RegistrySettings settings, Connections connections, Authorization authorization) {
        this.settings = settings;
        this.connections = connections;
        this.repetition = new RetryPolicy(connections, settings.host());
        this.authorization = authorization;
        this.failures = new ErrorTranslator(settings.host());
    }

    RegistrySettings settings() {
        return settings;
    }

    ErrorTranslator failures() {
        return failures;
    }

    Limits limits() {
        return connections.limits();
    }

    /** Returns the address of a path of the registry's API. */
    URI address(String path) {
        String host = settings.host().equals("docker.io") ? "registry-1.docker.io" : settings.host();
        return URI.create((settings.plainHttp() ? "http://" : "https://") + host + path);
    }

    /** Returns the answer to a request, with any status. */
    Response send(Request request) throws UndecidedException, InterruptedException {
        Optional<String> known = authorization.known(request.scopes());
        Response answer = follow(request, known);
        Optional<String> header;
        try {
            header = introduced(request, answer, known);
        } catch (UndecidedException | InterruptedException e) {
            answer.close();
            throw e;
        }
        if (header.isEmpty() || header.equals(known)) {
            return answer;
        }
        discard(request, answer);
        return follow(request, header);
    }

    /** Returns the header for a second attempt, if that may succeed. */
    private Optional<String> introduced(Request request, Response answer, Optional<String> known)
            throws UndecidedException, InterruptedException {
        if (answer.status() == 401) {
            // Only the registry itself may ask for credentials; the target of a redirect may not.
            return isHome(answer.uri())
                    ? authorization.answering(answer.all("WWW-Authenticate"), request.scopes())
                    : Optional.empty();
        }
        boolean toStrangers = known.isEmpty() && (TOLD_TO_STRANGERS.contains(answer.status()) || isForPeople(answer));
        return toStrangers && !open && authorization.hasCredential() ? atTheDoor(request, answer) : Optional.empty();
    }

    /**
     * Asks the registry's {@code /v2/} for the challenge that the answer lacked: some registries tell anonymous clients that
     * private repositories do not exist (or that the request is wrong, or forbidden), and demand credentials only there. An
     * answer is final only after the credential, if there is one, was sent.
     */
    private Optional<String> atTheDoor(Request request, Response refused)
            throws UndecidedException, InterruptedException {
        try (Response door = follow(ping(), Optional.empty())) {
            if (isTheApi(door)) {
                open = true; // it has no users, so an anonymous answer is final
                return Optional.empty();
            }
            Optional<String> header = door.status() == 401 && isHome(door.uri())
                    ? authorization.answering(door.all("WWW-Authenticate"), request.scopes())
                    : Optional.empty();
            if (header.isEmpty()) {
                throw failures.wrong(
                        request,
                        "answered " + refused.status()
                                + " to a request without a credential, and at /v2/ (" + door.status()
                                + ") does not say how to log in; check the configured credential, or remove it");
            }
            return header;
        }
    }

    /** Returns whether {@code /v2/} answers like a registry, and not with a page for people. */
    boolean speaksTheApi() throws UndecidedException, InterruptedException {
        try (Response door = send(ping())) {
            boolean asksWhoWeAre = door.status() == 401
                    && isHome(door.uri())
                    && !Challenge.parse(door.all("WWW-Authenticate")).isEmpty();
            return asksWhoWeAre || isTheApi(door);
        }
    }

    /**
     * Tries the credential at {@code /v2/}.
     *
     * @return whether the registry asked for it; if not, it lets everybody in there
     * @throws InvalidInputException if the registry or its token service refuses it
     */
    boolean logsIn() throws InvalidInputException, UndecidedException, InterruptedException {
        Request ping = ping();
        Optional<String> header;
        try (Response door = follow(ping, Optional.empty())) {
            if (isTheApi(door)) {
                return false;
            }
            if (door.status() != 401 || !isHome(door.uri())) {
                throw notTheApi(ping, door);
            }
            header = authorization.answering(door.all("WWW-Authenticate"), List.of());
        } catch (UnexpectedResponseException e) {
            if (REFUSALS.contains(e.status())) {
                throw refused("its token service", e.status());
            }
            throw e;
        }
        String shown =
                header.orElseThrow(() -> failures.wrong(ping, "does not say at /v2/ how to log in with a password"));
        try (Response answer = follow(ping, Optional.of(shown))) {
            if (REFUSALS.contains(answer.status())) {
                throw refused("it", answer.status());
            }
            if (!isTheApi(answer)) {
                throw notTheApi(ping, answer);
            }
            return true;
        }
    }

    private InvalidInputException refused(String who, int status) {
        return new InvalidInputException("registry " + settings.host() + " does not accept this user and password ("
                + who + " answered " + status + "); many registries want an access token in the password's place");
    }

    private UndecidedException notTheApi(Request ping, Response answer) {
        return answer.status() == 200 || answer.status() == 401
                ? failures.wrong(ping, "does not answer at /v2/ like a registry; check its address")
                : failures.unexpected(ping, answer);
    }

    private Request ping() {
        return Request.get("ask registry " + settings.host() + " how to log in", address("/v2/"), List.of());
    }

    private boolean isTheApi(Response door) {
        return door.status() == 200 && isHome(door.uri()) && !isForPeople(door);
    }

    private static boolean isForPeople(Response answer) {
        return answer.status() == 200 && ReferrersPage.isForPeople(answer);
    }

    /** Returns whether the registry itself says that something does not exist; the target of a redirect cannot know that. */
    boolean saysAbsent(Response answer) {
        return answer.status() == 404 && isHome(answer.uri());
    }

    /** Returns an answer with its whole body; repeats the request, a limited number of times, if the body breaks off. */
    BufferedResponse whole(Request request, int maxBytes) throws UndecidedException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try (Response answer = send(request)) {
                if (answer.status() != 200) {
                    return new BufferedResponse(
                            answer, Optional.empty(), Optional.of(failures.unexpected(request, answer)));
                }
                requireUnencoded(request, answer);
                Optional<byte[]> bytes = answer.bytes(maxBytes);
                if (bytes.isEmpty()) {
                    throw new TooLargeException(
                            failures.wrong(request, "answered with more than the allowed " + maxBytes + " bytes"));
                }
                return new BufferedResponse(answer, bytes, Optional.empty());
            } catch (IOException e) {
                Interruption.rethrow(e);
                if (attempt >= limits().attempts() || e instanceof TimedOutException.Dripping) {
                    throw failures.lost(request, e);
                }
                RetryPolicy.pause(limits(), attempt, Duration.ZERO);
            }
        }
    }

    private void requireUnencoded(Request request, Response answer) throws UndecidedException {
        String encoding = answer.header("Content-Encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw failures.wrong(
                    request, "encoded its answer although it was asked not to; a proxy before it must not compress");
        }
    }

    /** Sends a body that can be read only once, to the registry itself. */
    Response upload(Request request, InputStream source, long length)
            throws UndecidedException, InterruptedException, SourceException {
        try {
            return connections.upload(request, authorization.known(request.scopes()), source, length);
        } catch (IOException e) {
            Interruption.rethrow(e);
            throw failures.lost(request, e);
        }
    }

    /** Returns whether an upload that got a 401 may succeed with another token, since the first one may have expired. */
    boolean isRenewed(Request request, Response answer) throws UndecidedException, InterruptedException {
        if (answer.status() != 401 || !isHome(answer.uri())) {
            return false;
        }
        Optional<String> shown = authorization.known(request.scopes());
        Optional<String> header = authorization.answering(answer.all("WWW-Authenticate"), request.scopes());
        return header.isPresent() && !header.equals(shown);
    }

    /** Resolves an address that the registry named for the rest of an upload or a list. Refuses another server's. */
    URI own(Request request, URI base, String written) throws UndecidedException {
        URI target = resolve(request, base, written);
        if (!isHome(target)) {
            throw failures.wrong(
                    request,
                    "redirects to " + Origin.of(target) + " instead of " + Origin.of(address("/"))
                            + "; a registry behind a proxy must know its outer address");
        }
        return target;
    }

    private Response follow(Request first, Optional<String> header) throws UndecidedException, InterruptedException {
        Request request = first;
        Optional<String> sent = header;
        for (int hop = 0; ; hop++) {
            Response answer = repetition.send(request, sent);
            Optional<String> location = answer.header("Location");
            if (!REDIRECTS.contains(answer.status()) || !first.reads() || location.isEmpty()) {
                return answer;
            }
            discard(request, answer);
            if (hop == MAX_REDIRECTS) {
                throw failures.wrong(first, "redirects more than " + MAX_REDIRECTS + " times");
            }
            URI target = resolve(first, request.uri(), location.get());
            requireEncryption(first, Origin.of(request.uri()), Origin.of(target));
            if (!Origin.of(target).equals(Origin.of(request.uri()))) {
                sent = Optional.empty();
            }
            request = request.to(target).elsewhere(mustLeadElsewhere(Origin.of(target)));
        }
    }

    private void requireEncryption(Request request, Origin from, Origin to) throws UndecidedException {
        if (from.isEncrypted() && !to.isEncrypted()) {
            throw failures.wrong(request, "redirects from https to plain http, which is refused");
        }
    }

    /** Returns whether a redirect must not lead to this machine. The addresses are checked when they are connected to. */
    private boolean mustLeadElsewhere(Origin to) {
        Origin home = Origin.of(address("/"));
        return !to.equals(home) && !ThisMachine.isNamed(home.host());
    }

    private URI resolve(Request request, URI base, String written) throws UndecidedException {
        try {
            URI target = UriReference.parse(written).against(base);
            if (Origin.isUsable(target)) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            throw new UndecidedException(
                    failures.wrong(request, "redirects to something that is not an address")
                            .getMessage(),
                    e);
        }
        throw failures.wrong(request, "redirects to something that is not an http or https address");
    }

    private boolean isHome(URI uri) {
        return Origin.of(uri).equals(Origin.of(address("/")));
    }

    private void discard(Request request, Response answer) throws UndecidedException, InterruptedException {
        try {
            answer.discard();
        } catch (IOException e) {
            Interruption.rethrow(e);
            throw failures.lost(request, e);
        }
    }
}
