package io.jenkins.plugins.airworthy.image.http;

import java.time.Duration;

/**
 * The time limits for a server.
 *
 * @param connect limit for connecting, including TLS
 * @param response limit for the head of a response
 * @param commit limit for the head of the response to an upload after its last byte was sent
 * @param stall limit for the next byte of a body, in either direction
 */
public record Timeouts(Duration connect, Duration response, Duration commit, Duration stall) {}
