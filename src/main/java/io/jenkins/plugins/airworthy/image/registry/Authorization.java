package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.registry.credential.Credential;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The {@code Authorization} header for the requests to one registry: none until the registry demands it,
 * then a password (Basic) or a token for only the needed scope (Bearer). The credential is looked up once.
 */
final class Authorization {
    private final RegistrySettings settings;
    private final TokenCache cache;
    private final TokenRequest tokens;
    private final Demand demand;
    private Optional<Optional<Credential>> credential = Optional.empty();

    /** What a registry demanded last, shared by all its clients; contains no secret. */
    static final class Demand {
        /** Maximum number of remembered names that registries use for repositories. */
        private static final int MAX_WIDENED = 1_000;

        private volatile boolean basic;
        private volatile Optional<TokenService> service = Optional.empty();
        private final Map<List<String>, List<String>> widened = new ConcurrentHashMap<>();

        private List<String> scopes(List<String> own) {
            return widened.getOrDefault(own, own);
        }

        private void remember(List<String> own, List<String> wider) {
            if (own.equals(wider)) {
                widened.remove(own);
                return;
            }
            if (widened.size() >= MAX_WIDENED) {
                widened.clear(); // the registry will name them again
            }
            widened.put(own, wider);
        }
    }

    Authorization(RegistrySettings settings, TokenCache cache, TokenRequest tokens, Demand demand) {
        this.settings = settings;
        this.cache = cache;
        this.tokens = tokens;
        this.demand = demand;
    }

    /** Returns the header to send without a challenge, because this registry demanded one before. */
    Optional<String> known(List<String> scopes) throws UndecidedException, InterruptedException {
        Optional<TokenService> service = demand.service;
        if (service.isPresent()) {
            return Optional.of(bearer(service.get(), demand.scopes(scopes)));
        }
        return demand.basic ? basic() : Optional.empty();
    }

    /** Returns the header that answers a 401; empty if there is no credential for it. */
    Optional<String> answering(List<String> header, List<String> scopes)
            throws UndecidedException, InterruptedException {
        List<Challenge> challenges = Challenge.parse(header);
        Optional<Challenge> bearer = Challenge.named("bearer", challenges);
        if (bearer.isPresent()) {
            TokenService service = TokenService.of(bearer.get(), settings);
            demand.service = Optional.of(service);
            List<String> wanted = TokenScope.widened(
                    scopes, Optional.ofNullable(bearer.get().parameters().get("scope")));
            demand.remember(scopes, wanted);
            cache.forget(key(service, wanted)); // the registry just refused this token
            return Optional.of(bearer(service, wanted));
        }
        if (Challenge.named("basic", challenges).isPresent()) {
            demand.basic = true;
            demand.service = Optional.empty();
            return basic();
        }
        return Optional.empty();
    }

    /** Returns whether there is a credential; a failed look-up is a failure, not an absent credential. */
    boolean hasCredential() throws UndecidedException, InterruptedException {
        return credential().isPresent();
    }

    private Optional<String> basic() throws UndecidedException, InterruptedException {
        return credential().filter(Credential.Password.class::isInstance).map(c -> ((Credential.Password) c).basic());
    }

    private String bearer(TokenService service, List<String> scopes) throws UndecidedException, InterruptedException {
        if (credential().isPresent() && credential().get() instanceof Credential.RegistryToken given) {
            return given.bearer();
        }
        TokenCache.Key key = key(service, scopes);
        Optional<String> cached = cache.find(key);
        if (cached.isPresent()) {
            return "Bearer " + cached.get();
        }
        TokenRequest.Token token = tokens.fetch(service, key.credential(), scopes);
        cache.keep(key, token.text(), token.life());
        return "Bearer " + token.text();
    }

    private TokenCache.Key key(TokenService service, List<String> scopes)
            throws UndecidedException, InterruptedException {
        return new TokenCache.Key(settings.host(), service, credential(), scopes);
    }

    private synchronized Optional<Credential> credential() throws UndecidedException, InterruptedException {
        if (credential.isEmpty()) {
            credential = Optional.of(found());
        }
        return credential.get();
    }

    /** Makes any fault of a credential undecided: it prevents the request, and says nothing about the image. */
    private Optional<Credential> found() throws UndecidedException, InterruptedException {
        try {
            return settings.credentials().orElse(CredentialSource.ANONYMOUS).find(settings.host());
        } catch (AirworthyException e) {
            throw e instanceof UndecidedException undecided ? undecided : new UndecidedException(e.getMessage(), e);
        }
    }
}
