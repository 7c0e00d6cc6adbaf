package io.jenkins.plugins.airworthy.image.http;

import java.util.Optional;

/**
 * A proxy for requests; its credential is never printed.
 *
 * @param authorization the value of {@code Proxy-Authorization}, if any
 */
public record Proxy(String host, int port, Optional<String> authorization) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
