package io.jenkins.plugins.airworthy.image.registry;

/** Is told of every HTTP request before it is sent: tokens, redirects and repetitions too. Called by several threads. */
@FunctionalInterface
public interface RequestListener {
    /** Listens to nothing. */
    RequestListener NONE = (method, host, path) -> {};

    /** The query is left out, since it may hold a signature. */
    void sending(String method, String host, String path);
}
