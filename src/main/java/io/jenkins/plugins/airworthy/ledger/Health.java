package io.jenkins.plugins.airworthy.ledger;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a ledger may be the ground of a promotion.
 *
 * @param clock present if the clock shows a time before the newest entry, by more than the tolerated difference
 * @param tree present if a checkpoint that was seen elsewhere is of a larger or of another tree: nothing can be added until an
 *     administrator continues the ledger
 * @param disk present if the last checkpoint could not be written
 * @param foreign how many of the checkpoints that were seen elsewhere this ledger's key did not sign: these say nothing
 */
public record Health(Optional<String> clock, Optional<String> tree, Optional<String> disk, int foreign) {
    /** Whether nothing speaks against a promotion. */
    public boolean isGood() {
        return problems().isEmpty();
    }

    /** What speaks against a promotion. */
    public List<String> problems() {
        return Stream.of(tree, clock, disk).flatMap(Optional::stream).toList();
    }
}
