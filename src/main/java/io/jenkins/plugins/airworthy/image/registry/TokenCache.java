package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.registry.credential.Credential;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens until shortly before they expire, each for one registry, one credential and one scope only. */
final class TokenCache {
    /** Maximum number of tokens; the oldest is dropped first. */
    static final int MAX_TOKENS = 1_000;

    /** Maximum lifetime of a token here, whatever its service says. */
    private static final Duration LONGEST = Duration.ofHours(1);

    /** How long before its expiry a token is no longer used. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final Map<Key, Entry> tokens = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Entry> eldest) {
            return size() > MAX_TOKENS;
        }
    };

    record Key(String host, TokenService service, Optional<Credential> credential, List<String> scopes) {}

    private record Entry(String token, Instant end) {}

    TokenCache(InstantSource clock) {
        this.clock = clock;
    }

    synchronized Optional<String> find(Key key) {
        Entry entry = tokens.get(key);
        return entry == null || !clock.instant().isBefore(entry.end()) ? Optional.empty() : Optional.of(entry.token());
    }

    synchronized void keep(Key key, String token, Duration life) {
        Duration kept = life.compareTo(LONGEST) > 0 ? LONGEST : life;
        tokens.put(key, new Entry(token, clock.instant().plus(kept).minus(MARGIN)));
    }

    synchronized void forget(Key key) {
        tokens.remove(key);
    }
}
