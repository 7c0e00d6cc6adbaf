package io.jenkins.plugins.airworthy.image.registry;

/** Receives every HTTP request before it is sent, including tokens, redirects and retries. Called by several threads. */
@FunctionalInterface
public interface RequestListener {
    /** Listens to nothing. */
    RequestListener NONE = (method, host, path) -> {};

    /** Receives one request; the path has no query, since that may contain a signature. */
    void sending(String method, String host, String path);
}
