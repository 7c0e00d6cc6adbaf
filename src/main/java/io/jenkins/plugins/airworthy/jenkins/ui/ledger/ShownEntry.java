package io.jenkins.plugins.airworthy.jenkins.ui.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.ControllerLedger;
import io.jenkins.plugins.airworthy.jenkins.ui.element.ShownTime;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.LedgerReader;

import java.util.Optional;

/**
 * An entry as the page shows it, with the names that stand beside it.
 *
 * @param run under the present name of its job; empty if there is none or the name was erased
 * @param reason who did it and why, if the entry has a reason that was not erased
 * @param json the entry as it was hashed
 */
public record ShownEntry(
        long index,
        ShownTime time,
        String kind,
        String digest,
        String target,
        String run,
        String reason,
        ObjectNode json) {

    static ShownEntry of(LedgerReader.Recorded recorded, ControllerLedger ledger) throws AirworthyException {
        Entry entry = recorded.entry();
        Optional<String> run =
                entry.run().isPresent() ? ledger.names().run(entry.run().get()) : Optional.empty();
        Optional<String> reason = entry.more().has("reason")
                ? ledger.open().texts().read(Digest.member(entry.members(), "reason"))
                : Optional.empty();
        return new ShownEntry(
                recorded.index(),
                ShownTime.of(entry.time()),
                entry.kind(),
                entry.digest().map(Digest::toString).orElse(""),
                entry.target().orElse(""),
                run.orElse(""),
                reason.orElse(""),
                entry.json());
    }

    /** The entry with its index, and with the names beside it as members of their own. */
    ObjectNode answer() {
        ObjectNode answer = json.objectNode();
        answer.put("index", index);
        answer.set("entry", json);
        if (!run.isEmpty()) {
            answer.put("run", run);
        }
        if (!reason.isEmpty()) {
            answer.put("reason", reason);
        }
        return answer;
    }
}
