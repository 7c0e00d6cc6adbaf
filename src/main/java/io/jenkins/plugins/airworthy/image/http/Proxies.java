package io.jenkins.plugins.airworthy.image.http;

import java.net.URI;
import java.util.Optional;

/** Decides for each request whether it goes through a proxy. */
@FunctionalInterface
public interface Proxies {
    /** Uses no proxy. */
    Proxies NONE = target -> Optional.empty();

    /**
     * The proxy for what is sent there, if there is one.
     *
     * @throws ProxyException when what was set cannot be used
     */
    Optional<Proxy> of(URI target) throws ProxyException;
}
