package io.jenkins.plugins.airworthy.image.http;

import java.util.Optional;

/**
 * A proxy that requests are sent through; never shows its credential.
 *
 * @param authorization what it is sent as {@code Proxy-Authorization}, if anything
 */
public record Proxy(String host, int port, Optional<String> authorization) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
