package io.jenkins.plugins.airworthy.image.store;

import java.time.Duration;

/**
 * How long a writer of a list at a tag checks that its entry remains. It must outlast a writer that read
 * the list before and writes it after, without this entry; only other changes reveal such a writer.
 *
 * @param alone the least time after writing if no other writer was seen
 * @param multiple and at least so many times as long as reading and writing took here
 * @param contended so long when somebody else was, or the registry had trouble: cosign's client (go-containerregistry)
 *     writes a list that it read 4.4 s before, when the registry failed twice in between
 * @param longestPause between two looks
 * @param longest for all of it; then the writer fails
 * @param attempts how often writing may fail in a row
 */
public record TagWritePolicy(
        Duration alone, int multiple, Duration contended, Duration longestPause, Duration longest, int attempts) {
    /** For a store in which the last writer wins. */
    public static final TagWritePolicy LAST_WINS = new TagWritePolicy(
            Duration.ofMillis(300), 4, Duration.ofSeconds(6), Duration.ofSeconds(1), Duration.ofMinutes(2), 5);

    /** For a store that moves a tag only from what its writer read, so that nothing written gets lost. */
    public static final TagWritePolicy COMPARED = new TagWritePolicy(
            Duration.ZERO, 0, Duration.ZERO, Duration.ofMillis(100), Duration.ofMinutes(2), Integer.MAX_VALUE);
}
