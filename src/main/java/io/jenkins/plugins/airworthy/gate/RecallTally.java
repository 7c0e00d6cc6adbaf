package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Outcome;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import io.jenkins.plugins.airworthy.policy.waiver.RecallWaiver;
import io.jenkins.plugins.airworthy.recall.ImageFacts;
import io.jenkins.plugins.airworthy.recall.Recall;
import io.jenkins.plugins.airworthy.recall.RecallHit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts what the entries of one list say of an image. Only the first hits are held, however many there are. */
final class RecallTally {
    private static final String ID = "recalls";

    private final ImageFacts facts;
    private final Map<String, RecallWaiver> waivers = new HashMap<>();

    private final Hits refusing = new Hits();
    private final Hits disbelieving = new Hits();
    private final Hits accepted = new Hits();
    private final Hits reported = new Hits();
    private final Set<VerifiedEvidence> disbelieved = Collections.newSetFromMap(new IdentityHashMap<>());
    private int holding;

    /** @param waivers those that hold for this image now */
    RecallTally(ImageFacts facts, List<RecallWaiver> waivers) {
        this.facts = facts;
        waivers.forEach(waiver -> this.waivers.put(waiver.recall(), waiver));
    }

    private static final class Hits {
        private final List<String> first = new ArrayList<>();
        private int count;

        void add(String text) {
            count++;
            if (first.size() < Outcome.MAX_DETAILS) {
                first.add(text);
            }
        }

        boolean any() {
            return count > 0;
        }

        String text() {
            return first.get(0) + (count == 1 ? "" : "; and " + (count - 1) + " more");
        }
    }

    void read(Recall recall) {
        if (recall.holds()) {
            holding++;
        }
        Optional<RecallHit> hit = facts.hitBy(recall);
        if (hit.isEmpty()) {
            return;
        }
        RecallWaiver waiver = waivers.get(recall.id().toString());
        if (recall.action() == Recall.Action.REPORT) {
            reported.add(hit.get().text() + " [" + recall.action() + "]");
        } else if (waiver != null) {
            accepted.add(hit.get().text() + "; accepted until " + waiver.until() + " by " + waiver.by() + ": "
                    + waiver.reason());
        } else if (hit.get().isOfImage()) {
            refusing.add(hit.get().text());
        } else {
            disbelieving.add(hit.get().text());
            disbelieved.addAll(hit.get().evidence());
        }
    }

    /** The statements that are not believed any more. */
    Set<VerifiedEvidence> disbelieved() {
        return Collections.unmodifiableSet(disbelieved);
    }

    /**
     * The item of the verdict. If it does not refuse the image, its evidence is what clears the image, so that a promotion carries that
     * along and the image can be judged again at the target.
     *
     * @param list names the list
     * @param missed what the policy misses without the statements that are not believed any more; empty if nothing
     * @param recalled the statements that some list does not believe any more
     */
    Verdict.Item item(String list, Optional<String> missed, Set<VerifiedEvidence> recalled) {
        if (refusing.any() || missed.isPresent()) {
            return refusing.any()
                    ? item(Status.FAILED, "recalled by " + list + ": " + refusing.text(), Set.of(refusing), List.of())
                    : item(
                            Status.FAILED,
                            "statements are recalled by " + list + ": " + disbelieving.text() + "; without them "
                                    + missed.get(),
                            Set.of(disbelieving),
                            List.of());
        }
        List<VerifiedEvidence> clearing = facts.clearing().stream()
                .filter(each -> !recalled.contains(each))
                .toList();
        String rest =
                disbelieving.any() ? "; passes without what is not believed any more: " + disbelieving.text() : "";
        if (accepted.any()) {
            return item(
                    Status.WAIVED,
                    "recalled by " + list + ": " + accepted.text() + rest,
                    Set.of(accepted, disbelieving),
                    clearing);
        }
        if (reported.any()) {
            return item(
                    Status.WARNED,
                    "told by " + list + ": " + reported.text() + rest,
                    Set.of(reported, disbelieving),
                    clearing);
        }
        return item(
                Status.PASSED,
                "none of the " + Count.of(holding, "recall") + " of " + list + " refuses it" + rest,
                Set.of(disbelieving),
                clearing);
    }

    /** @param named whose first hit is in the reason, and so not once more among the details */
    private Verdict.Item item(Status status, String reason, Set<Hits> named, List<VerifiedEvidence> evidence) {
        List<String> details = new ArrayList<>();
        for (Hits hits : List.of(refusing, disbelieving, accepted, reported)) {
            details.addAll(hits.first.subList(named.contains(hits) && hits.any() ? 1 : 0, hits.first.size()));
        }
        return Verdict.Item.of(ID, Optional.empty(), new Outcome(status, reason, details, evidence));
    }
}
