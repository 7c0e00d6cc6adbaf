package io.jenkins.plugins.airworthy.image.registry;

import java.time.Duration;

/**
 * How long a writer of a list at a tag checks that its entry remains. It must outlast a writer that read
 * the list before and writes it after, without this entry; only other changes reveal such a writer.
 *
 * @param alone at least so long after writing, when nobody else was seen to write
 * @param multiple and at least so many times as long as reading and writing took here
 * @param contended so long when somebody else was, or the registry had trouble: cosign's client (go-containerregistry)
 *     writes a list that it read 4.4 s before, when the registry failed twice in between
 * @param longestPause between two looks
 * @param longest for all of it; then the writer fails
 */
record TagWritePolicy(Duration alone, int multiple, Duration contended, Duration longestPause, Duration longest) {
    static final TagWritePolicy DEFAULT = new TagWritePolicy(
            Duration.ofMillis(300), 4, Duration.ofSeconds(6), Duration.ofSeconds(1), Duration.ofMinutes(2));
}
