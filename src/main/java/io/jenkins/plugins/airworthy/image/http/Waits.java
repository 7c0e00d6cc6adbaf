package io.jenkins.plugins.airworthy.image.http;

import java.time.Duration;

/**
 * How long a server is waited for.
 *
 * @param connect for a connection, TLS included
 * @param response for the head of an answer
 * @param commit for the head of an answer to an upload whose last byte was sent
 * @param stall for the next byte of a body, in either direction
 */
public record Waits(Duration connect, Duration response, Duration commit, Duration stall) {}
