package io.jenkins.plugins.airworthy.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.http.LeadsHereException;
import io.jenkins.plugins.airworthy.image.http.ProxyException;
import io.jenkins.plugins.airworthy.image.http.Response;
import io.jenkins.plugins.airworthy.image.http.TimedOutException;

import javax.net.ssl.SSLException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Describes a failure of a registry: what was tried on which reference, the response, and what to do next. Of a
 * registry's own text only the error code is quoted, and nothing of a library's.
 */
final class ErrorTranslator {
    /** Maximum size of an error's body, in bytes. */
    private static final int MAX_ERROR_BYTES = 16 * 1024;

    private static final Pattern ALERT_OF_CERTIFICATE =
            Pattern.compile("fatal alert: (?:bad_certificate|certificate_\\w+|unknown_ca|access_denied)");

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{1,63}");

    /** For the answer of a server that expects TLS to a request without TLS. */
    private static final String PLAIN_HTTP_ADVICE =
            ". It was asked without TLS, as a registry on this machine is unless"
                    + " its settings say otherwise; if it wants TLS, name its authority's certificate there (at the command"
                    + " line: --registry-ca)";

    /** For the answer of nginx if it asked for a certificate and got none. */
    private static final String CERTIFICATE_ADVICE =
            ". If it asks for a client certificate, name one in the settings of"
                    + " this registry (at the command line: --registry-cert)";

    private static final String PROXY_ADVICE =
            "; check its address, user and password (in Jenkins: Manage Jenkins, System;"
                    + " elsewhere: HTTPS_PROXY=http://user:password@host:port, HTTP_PROXY and NO_PROXY)";

    private final String host;

    ErrorTranslator(String host) {
        this.host = host;
    }

    /** Returns the failure for an unexpected answer, and consumes its body. */
    UnexpectedResponseException unexpected(Request request, Response answer) {
        String code = errorCode(answer).orElse("");
        return new UnexpectedResponseException(
                "could not " + request.what() + ": " + place(request, answer) + " answered " + answer.status()
                        + (code.isEmpty() ? "" : " (" + code + ")")
                        + (code.isEmpty()
                                ? advice(answer)
                                : RegistryErrorCodes.advice(code).orElseGet(() -> ofARegistry(answer))),
                answer.status(),
                code);
    }

    /** Returns the failure for an answer with a wrong form. */
    UndecidedException wrong(Request request, String problem) {
        return new UndecidedException("could not " + request.what() + ": registry " + host + " " + problem);
    }

    ConnectionLostException lost(Request request, IOException cause) {
        return new ConnectionLostException(
                "could not " + request.what() + ": registry " + host + ": " + reason(cause), cause);
    }

    /** Returns whether trying again cannot help. */
    static boolean isLasting(IOException failure) {
        return has(failure, CertificateException.class)
                || has(failure, CertPathBuilderException.class)
                || has(failure, UnknownHostException.class)
                || has(failure, LeadsHereException.class)
                || (failure instanceof ProxyException proxy && proxy.isLasting())
                || has(failure, ProtocolException.class);
    }

    /** Returns the first error code, if the body is an error document of the distribution specification. */
    static Optional<String> errorCode(Response answer) {
        try (answer) {
            Optional<byte[]> body = answer.bytes(MAX_ERROR_BYTES);
            if (body.isEmpty() || body.get().length == 0) {
                return Optional.empty();
            }
            JsonNode code = StrictJson.parse(body.get(), "error", MAX_ERROR_BYTES)
                    .path("errors")
                    .path(0)
                    .path("code");
            return Optional.ofNullable(code.textValue())
                    .filter(text -> CODE.matcher(text).matches());
        } catch (IOException | InvalidInputException e) {
            return Optional.empty(); // the status is enough; the body is optional
        }
    }

    private String place(Request request, Response answer) {
        Origin asked = Origin.of(request.uri());
        Origin answered = Origin.of(answer.uri());
        return "registry " + host + (asked.equals(answered) ? "" : ", by way of " + answered.host() + ",");
    }

    private String advice(Response answer) {
        return switch (answer.status()) {
            case 400 ->
                ". Check that this is the address of a registry"
                        + (Origin.of(answer.uri()).isEncrypted() ? CERTIFICATE_ADVICE : PLAIN_HTTP_ADVICE);
            case 401 ->
                ". There was no user and password, or the registry does not accept them: log in with 'airworthy login "
                        + host + " --username NAME' or 'docker login " + host
                        + "', or in Jenkins check the credentials of this registry";
            case 403 -> ". The user may not do this there; check the permissions of the repository";
            case 404 -> ". Check the name";
            case 407 -> ". The proxy wants a user and a password" + PROXY_ADVICE;
            case 413 -> ". The registry, or a proxy before it, refuses content of this size";
            case 429 -> ". The registry limits the rate of requests; try later, or log in";
            case 500, 502, 503, 504 -> ". The registry has trouble; try later, or look at its log";
            default -> ". Check that this is the address of a registry";
        };
    }

    /** Returns advice for an answer with an error code: it came from a registry, so TLS is not the problem. */
    private String ofARegistry(Response answer) {
        String advice = advice(answer);
        return advice.contains("address of a registry") ? ". Look at the registry's log" : advice;
    }

    private String reason(IOException failure) {
        if (failure instanceof ProxyException) {
            return failure.getMessage() + PROXY_ADVICE;
        }
        if (failure instanceof LeadsHereException) {
            return "it leads to " + failure.getMessage() + ", which is refused";
        }
        if (has(failure, UnknownHostException.class)) {
            return "its host name is not known; check the name";
        }
        if (has(failure, ProtocolException.class)) {
            return "its answer is not HTTP; check the address";
        }
        if (has(failure, CertificateExpiredException.class) || has(failure, CertificateNotYetValidException.class)) {
            return "its certificate is not valid now; check the certificate and the clock of this machine";
        }
        if (has(failure, CertPathBuilderException.class)) {
            return "its certificate is from an unknown authority; add the authority's certificate to the settings of"
                    + " this registry (at the command line: --registry-ca)";
        }
        if (has(failure, CertificateException.class)) {
            return "its certificate is not one for this name";
        }
        if (isAboutOurCertificate(failure)) {
            return "it asks for a client certificate, or does not accept the one that was shown; name one in the settings"
                    + " of this registry (at the command line: --registry-cert)";
        }
        if (has(failure, SSLException.class)) {
            return "TLS could not be agreed; if it speaks plain http, the settings of this registry must say so"
                    + " (at the command line: --plain-http)";
        }
        if (failure instanceof TimedOutException.Connecting) {
            return "no connection could be made in time; check the address, and the network or proxy between";
        }
        if (has(failure, ConnectException.class)) {
            return "the connection was refused; check the address and whether the registry runs";
        }
        if (failure instanceof TimedOutException) {
            return "it did not go on in time (" + failure.getMessage() + "); try later";
        }
        return "the connection was lost; try again";
    }

    /** Returns whether the server ended TLS because of our certificate, or the lack of one (RFC 8446, section 6.2). */
    private static boolean isAboutOurCertificate(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (cause instanceof SSLException
                    && ALERT_OF_CERTIFICATE
                            .matcher(String.valueOf(cause.getMessage()))
                            .find()) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
