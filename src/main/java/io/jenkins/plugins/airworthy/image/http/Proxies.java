package io.jenkins.plugins.airworthy.image.http;

import java.net.URI;
import java.util.Optional;

/** Decides for each request whether it goes through a proxy. */
@FunctionalInterface
public interface Proxies {
    /** Everything goes straight to where it is sent. */
    Proxies NONE = target -> Optional.empty();

    Optional<Proxy> of(URI target);
}
