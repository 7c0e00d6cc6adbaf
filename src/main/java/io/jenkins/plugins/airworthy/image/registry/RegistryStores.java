package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;
import io.jenkins.plugins.airworthy.image.registry.credential.CertificateKeyManager;
import io.jenkins.plugins.airworthy.image.registry.credential.CredentialSource;
import io.jenkins.plugins.airworthy.image.registry.credential.DockerConfig;
import io.jenkins.plugins.airworthy.image.registry.credential.TrustedAuthorities;
import io.jenkins.plugins.airworthy.image.store.ImageStores;

import javax.net.ssl.SSLContext;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Opens repositories of registries, each with its own settings. All opened stores share connections, tokens and what was
 * learned about a registry, so a process needs only one instance. Refuses registries without settings unless it was made
 * for {@linkplain #any any} registry.
 */
public final class RegistryStores implements ImageStores {
    /** Maximum number of remembered registries without settings of their own. */
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
    private final Proxies proxies;
    private final RequestListener listener;
    private final Limits limits;
    private final Connections connections;
    private final TokenCache tokens;
    private final ReferrersApiCache memory;

    /** A registry and what all its clients share. */
    private record Known(RegistrySettings settings, Connections connections, Authorization.Demand demand) {}

    RegistryStores(
            Collection<RegistrySettings> settings,
            Optional<CredentialSource> forOthers,
            Proxies proxies,
            RequestListener listener,
            Limits limits,
            InstantSource clock)
            throws InvalidInputException {
        this.forOthers = forOthers;
        this.proxies = proxies;
        this.listener = listener;
        this.limits = limits;
        this.connections = new Connections(limits, listener, target -> platformTls(), proxies);
        this.tokens = new TokenCache(clock);
        this.memory = new ReferrersApiCache(clock);
        for (RegistrySettings each : settings) {
            if (configured.put(each.host(), known(each)) != null) {
                throw new InvalidInputException("registry " + each.host() + " has settings twice");
            }
        }
    }

    /** Opens only these registries, without a proxy. */
    public static RegistryStores only(Collection<RegistrySettings> settings) throws InvalidInputException {
        return only(settings, Proxies.NONE);
    }

    /** Opens only these registries. */
    public static RegistryStores only(Collection<RegistrySettings> settings, Proxies proxies)
            throws InvalidInputException {
        return new RegistryStores(
                settings, Optional.empty(), proxies, RequestListener.NONE, Limits.DEFAULT, InstantSource.system());
    }

    /**
     * Opens these registries with their settings, and every other one, without a proxy.
     *
     * @param credentials for the registries without settings, usually {@link DockerConfig#ofThisUser}
     */
    public static RegistryStores any(
            Collection<RegistrySettings> settings, CredentialSource credentials, RequestListener listener)
            throws InvalidInputException {
        return new RegistryStores(
                settings, Optional.of(credentials), Proxies.NONE, listener, Limits.DEFAULT, InstantSource.system());
    }

    /** The same through proxies. */
    public static RegistryStores any(
            Collection<RegistrySettings> settings,
            CredentialSource credentials,
            Proxies proxies,
            RequestListener listener)
            throws InvalidInputException {
        return new RegistryStores(
                settings, Optional.of(credentials), proxies, listener, Limits.DEFAULT, InstantSource.system());
    }

    @Override
    public RegistryStore open(ImageReference reference) throws AirworthyException {
        if (!(reference instanceof RegistryReference registry)) {
            throw new InvalidInputException("'" + reference + "' is in no registry");
        }
        RegistryReference bare =
                new RegistryReference(registry.host(), registry.path(), Optional.empty(), Optional.empty());
        return new RegistryStore(new Repository(bare), client(registry.host(), registry.toString()), memory);
    }

    /**
     * Tries the credential of a registry there.
     *
     * @return whether the registry asked for it; if not, it lets everybody in at {@code /v2/}
     * @throws InvalidInputException if the registry refuses the credential
     */
    public boolean logsIn(String host) throws AirworthyException, InterruptedException {
        return client(host, host).logsIn();
    }

    /** The settings of a registry. Refuses one without settings, unless this was made for any. */
    public RegistrySettings settings(String host) throws InvalidInputException {
        return find(host, host).settings();
    }

    private RegistryClient client(String host, String shown) throws InvalidInputException {
        Known known = find(host, shown);
        TokenRequest request = new TokenRequest(new RetryPolicy(known.connections(), host), host);
        Authorization authorization = new Authorization(known.settings(), tokens, request, known.demand());
        return new RegistryClient(known.settings(), known.connections(), authorization);
    }

    private synchronized Known find(String host, String shown) throws InvalidInputException {
        Known known = configured.getOrDefault(host, others.get(host));
        if (known != null) {
            return known;
        }
        if (forOthers.isEmpty()) {
            throw new InvalidInputException(
                    "'" + shown + "': registry " + host + " is not one of the configured registries");
        }
        Known fresh = known(RegistrySettings.of(host).withCredentials(forOthers.get()));
        others.put(host, fresh);
        return fresh;
    }

    private Known known(RegistrySettings settings) throws InvalidInputException {
        if (settings.authorities().isEmpty() && settings.certificate().isEmpty()) {
            return new Known(settings, connections, new Authorization.Demand());
        }
        SSLContext usual = settings.authorities().isEmpty()
                ? platformTls()
                : TrustedAuthorities.trusting(settings.authorities(), Optional.empty(), settings.host());
        SSLContext home = settings.certificate().isEmpty()
                ? usual
                : TrustedAuthorities.trusting(
                        settings.authorities(),
                        settings.certificate().map(CertificateKeyManager::new),
                        settings.host());
        Origin origin = Origin.of(URI.create("https://" + settings.host() + "/"));
        // Targets of the registry's redirects do not get the certificate.
        Connections own =
                new Connections(limits, listener, target -> Origin.of(target).equals(origin) ? home : usual, proxies);
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
