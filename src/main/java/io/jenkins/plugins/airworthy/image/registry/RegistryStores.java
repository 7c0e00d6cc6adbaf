package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.http.Proxies;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.ImageReference;
import io.jenkins.plugins.airworthy.image.ImageStores;
import io.jenkins.plugins.airworthy.image.RegistryReference;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Opens repositories of registries, each with its own settings. Connections, tokens and what was learned of a registry
 * are shared by all stores it opened, so one process wants one of these. Refuses registries without settings unless it
 * was made for {@linkplain #any any} registry.
 */
public final class RegistryStores implements ImageStores {
    /** How many registries without settings of their own are remembered. */
    private static final int MAX_REMEMBERED = 1_000;

    private final Map<String, Known> configured = new LinkedHashMap<>();
    private final Map<String, Known> others = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };
    private final Optional<CredentialSource> forOthers;
    private final RequestListener listener;
    private final Limits limits;
    private final Connections connections;
    private final TokenCache tokens;
    private final ApiMemory memory;

    /** A registry and what is shared by everybody who talks to it. */
    private record Known(RegistrySettings settings, Connections connections, Authorization.Demand demand) {}

    RegistryStores(
            Collection<RegistrySettings> settings,
            Optional<CredentialSource> forOthers,
            RequestListener listener,
            Limits limits,
            InstantSource clock)
            throws InvalidInputException {
        this.forOthers = forOthers;
        this.listener = listener;
        this.limits = limits;
        this.connections = new Connections(limits, listener, RegistryStores::platformTls, Proxies.NONE);
        this.tokens = new TokenCache(clock);
        this.memory = new ApiMemory(clock);
        for (RegistrySettings each : settings) {
            if (configured.put(each.host(), known(each)) != null) {
                throw new InvalidInputException("registry " + each.host() + " has settings twice");
            }
        }
    }

    /** Only these registries. */
    public static RegistryStores only(Collection<RegistrySettings> settings) throws InvalidInputException {
        return new RegistryStores(
                settings, Optional.empty(), RequestListener.NONE, Limits.DEFAULT, InstantSource.system());
    }

    /**
     * These registries as they are set up, and every other one.
     *
     * @param credentials for the registries without settings, usually {@link DockerConfig#ofThisUser}
     */
    public static RegistryStores any(
            Collection<RegistrySettings> settings, CredentialSource credentials, RequestListener listener)
            throws InvalidInputException {
        return new RegistryStores(settings, Optional.of(credentials), listener, Limits.DEFAULT, InstantSource.system());
    }

    @Override
    public RegistryStore open(ImageReference reference) throws AirworthyException {
        if (!(reference instanceof RegistryReference registry)) {
            throw new InvalidInputException("'" + reference + "' is in no registry");
        }
        Known known = find(registry);
        TokenRequest request = new TokenRequest(new Repetition(known.connections(), registry.host()), registry.host());
        Authorization authorization = new Authorization(known.settings(), tokens, request, known.demand());
        RegistryReference bare =
                new RegistryReference(registry.host(), registry.path(), Optional.empty(), Optional.empty());
        return new RegistryStore(
                new Repository(bare), new RegistryClient(known.settings(), known.connections(), authorization), memory);
    }

    private synchronized Known find(RegistryReference reference) throws InvalidInputException {
        Known known = configured.getOrDefault(reference.host(), others.get(reference.host()));
        if (known != null) {
            return known;
        }
        if (forOthers.isEmpty()) {
            throw new InvalidInputException(
                    "'" + reference + "': registry " + reference.host() + " is not one of the configured registries");
        }
        Known fresh = known(RegistrySettings.of(reference.host()).withCredentials(forOthers.get()));
        others.put(reference.host(), fresh);
        return fresh;
    }

    private Known known(RegistrySettings settings) throws InvalidInputException {
        Connections own = connections;
        Optional<KeyManager> certificate = settings.certificate()
                .map(shown -> new HomeKeyManager(shown, Origin.of(URI.create("https://" + settings.host() + "/"))));
        if (settings.authorities().isPresent()) {
            SSLContext context =
                    TrustedAuthorities.trusting(settings.authorities().get(), certificate, settings.host());
            own = new Connections(limits, listener, () -> context, Proxies.NONE);
        } else if (certificate.isPresent()) {
            SSLContext context = TrustedAuthorities.showing(certificate.get());
            own = new Connections(limits, listener, () -> context, Proxies.NONE);
        }
        return new Known(settings, own, new Authorization.Demand());
    }

    private static SSLContext platformTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }
}
