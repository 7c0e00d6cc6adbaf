package io.jenkins.plugins.airworthy.image.registry;

import io.jenkins.plugins.airworthy.image.http.Timeouts;
import io.jenkins.plugins.airworthy.image.store.TagWritePolicy;

import java.time.Duration;

/**
 * The time limits and retries for a registry.
 *
 * @param connect for a connection
 * @param response for the head of an answer
 * @param commit for the answer after the last byte of an upload, since registries then hash and move the content
 * @param stall for the next byte of a body, in either direction
 * @param attempts the maximum number of attempts for one request
 * @param firstPause before the second attempt; doubled for every further one
 * @param longestPause between two attempts
 * @param longestRetryAfter the longest wait that a registry may ask for
 * @param settling the waits for a list with several writers
 */
record Limits(
        Duration connect,
        Duration response,
        Duration commit,
        Duration stall,
        int attempts,
        Duration firstPause,
        Duration longestPause,
        Duration longestRetryAfter,
        TagWritePolicy settling) {
    static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(15),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofSeconds(60),
            5,
            Duration.ofMillis(250),
            Duration.ofSeconds(8),
            Duration.ofSeconds(60),
            TagWritePolicy.LAST_WINS);

    Timeouts waits() {
        return new Timeouts(connect, response, commit, stall);
    }
}
