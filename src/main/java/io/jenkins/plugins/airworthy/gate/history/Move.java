package io.jenkins.plugins.airworthy.gate.history;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.ledger.Entry;

import java.time.Instant;
import java.util.Optional;

/**
 * A tag that is about to move.
 *
 * @param target as {@link TargetHistory#place} names it
 * @param previous what is there now
 * @param source the name under which the image was judged
 * @param built when its build finished, as believed provenance says
 * @param barrier why nothing before it may come back
 * @param rollback whether this is a rollback; then what is there now is held
 * @param reason of a rollback
 */
public record Move(
        String target,
        Digest digest,
        Optional<Digest> previous,
        String source,
        Digest policy,
        Optional<Instant> built,
        Optional<String> barrier,
        boolean rollback,
        Optional<String> reason) {

    /** What both entries have. */
    Entry about(Entry entry) {
        Entry told = entry.about(digest).at(target).with(Kinds.SOURCE, source).with(Kinds.POLICY, policy.toString());
        told = previous.isPresent() ? told.with(Kinds.PREVIOUS, previous.get().toString()) : told;
        return built.isPresent() ? told.with(Kinds.BUILT, built.get().toString()) : told;
    }
}
