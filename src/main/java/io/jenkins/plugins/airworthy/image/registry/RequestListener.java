package io.jenkins.plugins.airworthy.image.registry;

/** Receives every HTTP request before it is sent, including tokens, redirects and retries. Called by several threads. */
@FunctionalInterface
public interface RequestListener {
    /** Listens to nothing. */
    RequestListener NONE = (method, host, path) -> {};

    /** Receives one request; the path has no query, since that may contain a signature. */
    void sending(String method, String host, String path);

    /**
     * Receives the answer to one request.
     *
     * @param status the status of HTTP, or {@value #NO_ANSWER}
     * @param milliseconds from the request to the head of the answer
     */
    default void answered(String method, String host, String path, int status, long milliseconds) {}

    /** The status of a request whose answer did not come. */
    int NO_ANSWER = 0;
}
