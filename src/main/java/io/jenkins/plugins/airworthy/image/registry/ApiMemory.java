package io.jenkins.plugins.airworthy.image.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which registries said that they have no referrers API, so that they are not asked again each time. Forgets after a
 * while: a registry can be upgraded, and from then on its fallback tags are no longer kept up to date by others.
 */
final class ApiMemory {
    /** How long a registry counts as one without the API. */
    static final Duration LIFE = Duration.ofMinutes(15);

    private final InstantSource clock;
    private final Map<String, Instant> absentSince = new ConcurrentHashMap<>();

    ApiMemory(InstantSource clock) {
        this.clock = clock;
    }

    boolean isAbsent(String host) {
        Instant since = absentSince.get(host);
        return since != null && clock.instant().isBefore(since.plus(LIFE));
    }

    void absent(String host) {
        absentSince.put(host, clock.instant());
    }

    void present(String host) {
        absentSince.remove(host);
    }
}
