package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.http.Interruption;
import io.jenkins.plugins.airworthy.image.http.Response;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks a token service for a token: with a password by GET (token authentication specification), with an identity token
 * by POST (its OAuth 2 variant). Redirects are not followed. Refuses a large or malformed answer.
 */
final class TokenRequest {
    /** Maximum size of an answer, in bytes. */
    static final int MAX_ANSWER_BYTES = 128 * 1024;

    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,65536}");
    private static final Duration LIFE_WHEN_UNSAID = Duration.ofSeconds(60);

    private final RetryPolicy repetition;
    private final String host;

    record Token(String text, Duration life) {
        @Override
        public String toString() {
            return "token for " + life;
        }
    }

    TokenRequest(RetryPolicy repetition, String host) {
        this.repetition = repetition;
        this.host = host;
    }

    Token fetch(TokenService service, Optional<Credential> credential, List<String> scopes)
            throws UndecidedException, InterruptedException {
        // The address is checked when it is connected to, since a name may resolve differently the next time.
        Request request = request(service, credential, scopes).elsewhere(service.elsewhere());
        Optional<String> basic =
                credential.filter(Credential.Password.class::isInstance).map(c -> ((Credential.Password) c).basic());
        ErrorTranslator failures = new ErrorTranslator(host);
        try (Response answer = repetition.send(request, basic)) {
            if (answer.status() != 200) {
                throw failures.unexpected(request, answer);
            }
            return read(service, request, answer, failures);
        } catch (InvalidInputException e) {
            // The failure prevents the request to the registry, and says nothing about its content.
            throw new UndecidedException(e.getMessage() + "; a proxy before it may want a log-in", e);
        } catch (IOException e) {
            Interruption.rethrow(e);
            throw failures.lost(request, e);
        }
    }

    private Request request(TokenService service, Optional<Credential> credential, List<String> scopes) {
        List<String> parameters = new ArrayList<>();
        service.service().ifPresent(name -> parameters.add("service=" + encode(name)));
        String what = "get a token of " + service.realm().getHost() + " for " + host;
        if (credential.isPresent() && credential.get() instanceof Credential.IdentityToken identity) {
            parameters.add("scope=" + encode(String.join(" ", scopes)));
            parameters.add("grant_type=refresh_token");
            parameters.add("client_id=airworthy");
            parameters.add("refresh_token=" + encode(identity.token()));
            byte[] form = String.join("&", parameters).getBytes(StandardCharsets.UTF_8);
            return Request.post(what, service.realm(), form, List.of())
                    .with("Content-Type", "application/x-www-form-urlencoded");
        }
        scopes.forEach(scope -> parameters.add("scope=" + encode(scope)));
        credential.ifPresent(c -> parameters.add("client_id=airworthy"));
        String realm = service.realm().toString();
        String query = (realm.contains("?") ? "&" : "?") + String.join("&", parameters);
        return Request.get(what, URI.create(realm + query), List.of());
    }

    private Token read(TokenService service, Request request, Response answer, ErrorTranslator failures)
            throws IOException, InvalidInputException, UndecidedException {
        Optional<byte[]> body = answer.bytes(MAX_ANSWER_BYTES);
        if (body.isEmpty()) {
            throw failures.wrong(request, "has a token service that answered more than " + MAX_ANSWER_BYTES + " bytes");
        }
        JsonObject json = StrictJson.parseObject(
                body.get(),
                "the answer of the token service " + service.realm().getHost() + " for registry " + host,
                MAX_ANSWER_BYTES);
        Optional<String> token = json.optionalString("token").filter(text -> !text.isEmpty());
        if (token.isEmpty()) {
            token = json.optionalString("access_token");
        }
        if (token.isEmpty() || !TOKEN.matcher(token.get()).matches()) {
            throw failures.wrong(request, "has a token service that answered without a usable token");
        }
        Duration life =
                json.optionalCount("expires_in").map(Duration::ofSeconds).orElse(LIFE_WHEN_UNSAID);
        return new Token(token.get(), life);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
