package io.jenkins.plugins.airworthy.sign.keyless;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import javax.net.ssl.SSLException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One request to one service, and its whole answer. Follows no redirect, since a request may hold an identity token; waits
 * no longer and reads no more than its bounds. Refuses every status but success.
 */
final class Exchange {
    /** How long a service may take to answer in whole; a log answers when it has signed its next checkpoint. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    /** The largest answer that is read, in bytes. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);
    private static final int SUCCESS = 2;
    private static final int REFUSAL = 4;
    private static final int HUNDRED = 100;
    private static final int MAX_QUOTED = 300;

    private final String service;
    private final HttpClient client;

    /**
     * Speaks to one service.
     *
     * @param service names it in errors
     */
    Exchange(String service) {
        this.service = service;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_LIMIT)
                .build();
    }

    JsonObject post(URI url, JsonObject request) throws AirworthyException, InterruptedException {
        byte[] answer = post(url, "application/json", "application/json", StrictJson.write(request.node()));
        try {
            return StrictJson.parseObject(answer, place(url), MAX_BYTES);
        } catch (InvalidInputException e) {
            throw new UndecidedException(e.getMessage() + "; nothing was signed", e);
        }
    }

    byte[] post(URI url, String type, String accepted, byte[] body) throws AirworthyException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(LIMIT)
                .header("Content-Type", type)
                .header("Accept", accepted)
                .header("User-Agent", "airworthy")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, info -> new BoundedBody(BodySubscribers.ofByteArray(), MAX_BYTES));
        try {
            HttpResponse<byte[]> response = exchange.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() / HUNDRED != SUCCESS) {
                throw refused(url, response);
            }
            return response.body();
        } catch (TimeoutException | CancellationException e) {
            throw new UndecidedException(
                    place(url) + ": no answer within " + LIMIT.toSeconds() + " s; nothing was signed", e);
        } catch (ExecutionException e) {
            throw new UndecidedException(place(url) + ": " + trouble(e.getCause()) + "; nothing was signed", e);
        } finally {
            exchange.cancel(true);
        }
    }

    private static String trouble(Throwable cause) {
        if (cause instanceof BoundedBody.TooLargeException) {
            return "its answer has more than the allowed " + MAX_BYTES + " bytes";
        }
        if (cause instanceof SSLException) {
            return "no trusted TLS connection; is its certificate's authority known to Java?";
        }
        return cause instanceof IOException ? "cannot be reached, or broke off" : "the request could not be sent";
    }

    private AirworthyException refused(URI url, HttpResponse<byte[]> response) {
        String message = place(url) + ": answered with status " + response.statusCode() + said(response);
        return response.statusCode() / HUNDRED == REFUSAL
                ? new InvalidInputException(message)
                : new UndecidedException(message + "; nothing was signed");
    }

    /** What the service says of it, where it says so in its usual form. */
    private static String said(HttpResponse<byte[]> response) {
        try {
            Optional<String> text =
                    StrictJson.parseObject(response.body(), "answer", MAX_BYTES).optionalString("message");
            return text.map(t -> ": '" + t.substring(0, Math.min(MAX_QUOTED, t.length())) + "'")
                    .orElse("");
        } catch (InvalidInputException e) {
            // An error page of whatever stands before the service: the status has to do.
            return "";
        }
    }

    private String place(URI url) {
        return service + " " + url.getScheme() + "://" + url.getAuthority();
    }
}
