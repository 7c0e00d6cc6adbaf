package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;

import java.util.List;
import java.util.Optional;

/**
 * What is put into the {@code Authorization} header of one registry's requests: nothing until the registry demands it,
 * then a password (Basic) or a token for just the scope at hand (Bearer). The credential is looked up once.
 */
final class Authorization {
    private final RegistrySettings settings;
    private final TokenCache cache;
    private final TokenRequest tokens;
    private final Demand demand;
    private Optional<Optional<Credential>> credential = Optional.empty();

    /** What a registry demanded last, shared by everybody who talks to it; holds no secret. */
    static final class Demand {
        private volatile boolean basic;
        private volatile Optional<TokenService> service = Optional.empty();
    }

    Authorization(RegistrySettings settings, TokenCache cache, TokenRequest tokens, Demand demand) {
        this.settings = settings;
        this.cache = cache;
        this.tokens = tokens;
        this.demand = demand;
    }

    /** The header to send unasked, because this registry demanded one before. */
    Optional<String> known(List<String> scopes) throws AirworthyException, InterruptedException {
        Optional<TokenService> service = demand.service;
        if (service.isPresent()) {
            return Optional.of(bearer(service.get(), scopes));
        }
        return demand.basic ? basic() : Optional.empty();
    }

    /** The header that answers a 401, or nothing when there is nothing to answer with. */
    Optional<String> answering(List<String> header, List<String> scopes)
            throws AirworthyException, InterruptedException {
        List<Challenge> challenges = Challenge.parse(header);
        Optional<Challenge> bearer = Challenge.named("bearer", challenges);
        if (bearer.isPresent()) {
            TokenService service = TokenService.of(bearer.get(), settings);
            demand.service = Optional.of(service);
            cache.forget(key(service, scopes)); // it did not help just now
            return Optional.of(bearer(service, scopes));
        }
        if (Challenge.named("basic", challenges).isPresent()) {
            demand.basic = true;
            demand.service = Optional.empty();
            return basic();
        }
        return Optional.empty();
    }

    private Optional<String> basic() throws AirworthyException, InterruptedException {
        return credential().filter(Credential.Password.class::isInstance).map(c -> ((Credential.Password) c).basic());
    }

    private String bearer(TokenService service, List<String> scopes) throws AirworthyException, InterruptedException {
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
            throws AirworthyException, InterruptedException {
        return new TokenCache.Key(settings.host(), service, credential(), scopes);
    }

    private synchronized Optional<Credential> credential() throws AirworthyException, InterruptedException {
        if (credential.isEmpty()) {
            CredentialSource source = settings.credentials().orElse(CredentialSource.ANONYMOUS);
            credential = Optional.of(source.find(settings.host()));
        }
        return credential.get();
    }
}
