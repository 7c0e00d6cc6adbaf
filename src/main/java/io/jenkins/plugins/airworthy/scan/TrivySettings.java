package io.jenkins.plugins.airworthy.scan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The settings for running Trivy.
 *
 * @param cache the folder for Trivy's databases; created if it does not exist
 * @param offline whether Trivy must not download anything, so that the databases must be in the cache already
 * @param network environment variables that a connection needs; all others are dropped, see {@link #network(Map)}
 * @param timeLimit for one image: reading it, uncompressing its layers, and Trivy's run over it
 */
public record TrivySettings(
        TrivyExecutable executable,
        Path cache,
        boolean offline,
        Optional<TrivyServer> server,
        Map<String, String> network,
        Duration timeLimit) {
    /** Default time limit for one image. */
    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofMinutes(15);

    /** Longest time limit for one image. */
    public static final Duration MAX_TIME_LIMIT = Duration.ofHours(6);

    private static final Set<String> NETWORK = Set.of(
            "HTTP_PROXY",
            "HTTPS_PROXY",
            "NO_PROXY",
            "http_proxy",
            "https_proxy",
            "no_proxy",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR");

    public TrivySettings {
        cache = cache.toAbsolutePath().normalize();
        network = Collections.unmodifiableMap(new TreeMap<>(network(network)));
        if (timeLimit.isNegative() || timeLimit.isZero() || timeLimit.compareTo(MAX_TIME_LIMIT) > 0) {
            throw new IllegalArgumentException("the time limit must be more than zero and at most " + MAX_TIME_LIMIT);
        }
    }

    /** Returns only the variables for proxies and certificate authorities. */
    public static Map<String, String> network(Map<String, String> environment) {
        Map<String, String> kept = new TreeMap<>(environment);
        kept.keySet().retainAll(NETWORK);
        return kept;
    }

    /** Leaves out the network variables, since a proxy's address may contain a password. */
    @Override
    public String toString() {
        return "Trivy at " + executable.path()
                + server.map(s -> " with the server " + s).orElse("");
    }
}
