package io.jenkins.plugins.airworthy.image.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which repositories have the referrers API, for each repository and never for a whole registry, since
 * one host may serve several registries. The absence of the API is forgotten after a while, since a registry can be upgraded,
 * and then others no longer update its fallback tags. Its presence is never forgotten, since a registry does not
 * lose the API.
 */
final class ReferrersApiCache {
    /** How long a repository counts as one without the API before it is asked again. */
    static final Duration LIFE = Duration.ofMinutes(15);

    /** Maximum number of remembered repositories; the oldest is forgotten first. */
    private static final int MAX_REPOSITORIES = 10_000;

    private final InstantSource clock;
    /** The time at which the API was found absent; empty if it was found. */
    private final Map<String, Optional<Instant>> absentSince = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Instant>> eldest) {
            return size() > MAX_REPOSITORIES;
        }
    };

    ReferrersApiCache(InstantSource clock) {
        this.clock = clock;
    }

    synchronized boolean isAbsent(Repository repository) {
        return absentSince
                .getOrDefault(repository.name(), Optional.empty())
                .filter(since -> clock.instant().isBefore(since.plus(LIFE)))
                .isPresent();
    }

    synchronized boolean isPresent(Repository repository) {
        return absentSince.containsKey(repository.name())
                && absentSince.get(repository.name()).isEmpty();
    }

    synchronized void absent(Repository repository) {
        if (!isPresent(repository)) {
            absentSince.put(repository.name(), Optional.of(clock.instant()));
        }
    }

    synchronized void present(Repository repository) {
        absentSince.put(repository.name(), Optional.empty());
    }
}
