package io.jenkins.plugins.airworthy.gate.history;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.LedgerReader;

import java.time.Instant;
import java.util.Optional;

/**
 * A time during which an image was at a target: from the entry that says that the tag was moved to it until the next one.
 *
 * @param index of the entry
 * @param since when the entry was written
 * @param rollback whether a rollback brought it there
 * @param source the name from which it was promoted first; empty if the ledger does not know it
 * @param built when its build finished, as believed provenance said; empty if that is unknown
 * @param barrier the digest of the text that says why nothing before it may come back; empty if it is no barrier
 */
public record Stay(
        long index,
        Instant since,
        Digest digest,
        boolean rollback,
        Optional<String> source,
        Optional<Instant> built,
        Optional<Digest> barrier) {
    static Stay of(LedgerReader.Recorded recorded) throws AirworthyException {
        Entry entry = recorded.entry();
        JsonObject members = entry.members();
        return new Stay(
                recorded.index(),
                entry.time(),
                entry.digest().orElseThrow(() -> members.error("digest", "is missing")),
                entry.kind().equals(Kinds.ROLLED_BACK),
                members.optionalString(Kinds.SOURCE),
                members.has(Kinds.BUILT) ? Optional.of(members.instant(Kinds.BUILT)) : Optional.empty(),
                members.has(Kinds.BARRIER) ? Optional.of(Digest.member(members, Kinds.BARRIER)) : Optional.empty());
    }
}
