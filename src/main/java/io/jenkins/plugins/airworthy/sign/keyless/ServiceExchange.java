package io.jenkins.plugins.airworthy.sign.keyless;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.http.Interruption;
import io.jenkins.plugins.airworthy.image.http.OutgoingRequest;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import io.jenkins.plugins.airworthy.image.http.ProxyException;
import io.jenkins.plugins.airworthy.image.http.Response;
import io.jenkins.plugins.airworthy.image.http.TimedOutException;
import io.jenkins.plugins.airworthy.image.http.Timeouts;
import io.jenkins.plugins.airworthy.image.http.Transport;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import java.io.IOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * One request to a service, and its complete response. It does not follow redirects, since a request may contain an identity token.
 * Time and size are bounded. Every status except success is a failure.
 */
final class ServiceExchange {
    /** Time limit for a response; a log responds after signing its next checkpoint. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    /** Maximum size of a response, in bytes. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final Timeouts WAITS = new Timeouts(Duration.ofSeconds(15), LIMIT, LIMIT, Duration.ofSeconds(15));
    private static final int SUCCESS = 2;
    private static final int REFUSAL = 4;
    private static final int HUNDRED = 100;
    private static final int MAX_QUOTED = 300;

    private final String service;
    private final Transport transport;

    /**
     * Creates a client of one service.
     *
     * @param service the service's name in errors
     */
    ServiceExchange(String service, Proxies proxies) {
        this.service = service;
        this.transport = new Transport(WAITS, target -> platformTls(), proxies);
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
        Map<String, String> headers = Map.of(
                "Content-Type", type, "Accept", accepted, "User-Agent", "airworthy", "Accept-Encoding", "identity");
        try (Response answer = transport.send(new OutgoingRequest("POST", url, headers, false), body)) {
            Optional<byte[]> read = answer.bytes(MAX_BYTES);
            if (read.isEmpty()) {
                throw new UndecidedException(place(url) + ": its answer has more than the allowed " + MAX_BYTES
                        + " bytes; nothing was signed");
            }
            if (answer.status() / HUNDRED != SUCCESS) {
                throw refused(url, answer.status(), read.get());
            }
            return read.get();
        } catch (IOException e) {
            Interruption.rethrow(e);
            throw new UndecidedException(place(url) + ": " + trouble(e) + "; nothing was signed", e);
        }
    }

    private static SSLContext platformTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private static String trouble(IOException cause) {
        if (cause instanceof ProxyException) {
            return cause.getMessage();
        }
        if (cause instanceof SSLException) {
            return "no trusted TLS connection; check that Java trusts its certificate's authority";
        }
        return cause instanceof TimedOutException
                ? "it did not answer in time (" + cause.getMessage() + ")"
                : "cannot be reached, or the connection was lost";
    }

    private AirworthyException refused(URI url, int status, byte[] answer) {
        String message = place(url) + ": answered with status " + status + said(answer);
        return status / HUNDRED == REFUSAL
                ? new InvalidInputException(message)
                : new UndecidedException(message + "; nothing was signed");
    }

    /** Returns the service's error message, if it has the usual form. */
    private static String said(byte[] answer) {
        try {
            Optional<String> text =
                    StrictJson.parseObject(answer, "answer", MAX_BYTES).optionalString("message");
            return text.map(t -> ": '" + t.substring(0, Math.min(MAX_QUOTED, t.length())) + "'")
                    .orElse("");
        } catch (InvalidInputException e) {
            // Probably an error page of a proxy: report only the status.
            return "";
        }
    }

    private String place(URI url) {
        return service + " " + url.getScheme() + "://" + url.getAuthority();
    }
}
