package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.DocumentHead;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.policy.Candidate;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import io.jenkins.plugins.airworthy.recall.ImageFacts;

import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds the item {@code recalls} to a verdict. Statements that are not believed any more count neither way: the policy must pass with
 * them, so that what speaks against an image is not recalled away, and without them.
 */
final class RecallCheck {
    private final ImageStores stores;
    private final RecallLists lists;

    RecallCheck(ImageStores stores, RecallLists lists) {
        this.stores = stores;
        this.lists = lists;
    }

    Verdict judge(Policy policy, Candidate candidate, ResolvedImage image, Instant now, Progress progress)
            throws AirworthyException, InterruptedException {
        Map<String, RecallTally> tallies = new LinkedHashMap<>();
        Set<VerifiedEvidence> disbelieved = Collections.newSetFromMap(new IdentityHashMap<>());
        ImageFacts facts = ImageFacts.of(
                image,
                candidate.evidence(),
                policy::believes,
                candidate.unread().stream().filter(policy::mayBelieve).toList());
        for (RecallSource source : lists.sources()) {
            progress.say("read the recalls of " + source.list());
            RecallTally tally = new RecallTally(
                    facts,
                    policy.recallWaivers().stream()
                            .filter(waiver -> waiver.isFor(candidate.image()) && !waiver.hasExpired(now))
                            .toList());
            DocumentHead head = lists.read(source, stores, now, tally::read);
            tallies.put(
                    "'" + head.name() + "' version " + head.version() + " at "
                            + source.list().repository(),
                    tally);
            disbelieved.addAll(tally.disbelieved());
        }
        Verdict whole = policy.judge(candidate, now);
        Verdict verdict = whole;
        Optional<String> missed = Optional.empty();
        if (!disbelieved.isEmpty()) {
            Verdict without = policy.judge(candidate.without(disbelieved), now);
            missed = missed(whole, without);
            verdict = whole.passed() && missed.isEmpty() ? without : whole;
        }
        for (Map.Entry<String, RecallTally> each : tallies.entrySet()) {
            RecallTally tally = each.getValue();
            verdict = verdict.with(
                    tally.item(each.getKey(), tally.disbelieved().isEmpty() ? Optional.empty() : missed, disbelieved));
        }
        return verdict;
    }

    /** The first item that is fulfilled only by what is not believed any more. */
    private static Optional<String> missed(Verdict whole, Verdict without) {
        Set<String> failed = new HashSet<>();
        whole.items().stream()
                .filter(item -> item.status() == Status.FAILED)
                .forEach(item -> failed.add(item.id() + item.platform()));
        return without.items().stream()
                .filter(item -> item.status() == Status.FAILED && !failed.contains(item.id() + item.platform()))
                .map(item -> "the item '" + item.id() + "' is not fulfilled: " + item.reason())
                .findFirst()
                .or(() -> whole.passed() && !without.passed()
                        ? Optional.of("nothing speaks for the image")
                        : Optional.empty());
    }
}
