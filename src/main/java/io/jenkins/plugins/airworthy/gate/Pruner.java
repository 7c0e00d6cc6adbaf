package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.ClockSkew;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.policy.rule.ConsultedEvidence;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceHead;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceReader;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Removes statements about an image that newer ones replace. If it is interrupted, the image is still judged as before, since
 * removed statements decided nothing.
 */
public final class Pruner {
    /** Manifests removed at once, since each removal rewrites the list of referrers if a tag contains it. */
    private static final int AT_ONCE = 200;

    private final ImageStores stores;
    private final Clock clock;
    private final PrunedStatements record;

    public Pruner(ImageStores stores, Clock clock, PrunedStatements record) {
        this.stores = stores;
        this.clock = clock;
        this.record = record;
    }

    /**
     * Plans what to remove, and removes nothing.
     *
     * @throws io.jenkins.plugins.airworthy.InvalidInputException if the image's manifests are malformed
     * @throws io.jenkins.plugins.airworthy.UndecidedException if the image does not exist, or if it or its evidence cannot be read
     *     completely
     */
    public PrunePlan plan(PruneRequest request, Progress progress) throws AirworthyException, InterruptedException {
        try (ImageStore store = stores.open(request.image())) {
            ResolvedImage image = ImageReader.read(store, request.image());
            progress.say("read the evidence of " + image.pinned());
            List<EvidenceHead> heads = new ArrayList<>();
            for (Digest subject : EvidenceCollector.subjects(image)) {
                heads.addAll(
                        EvidenceReader.heads(store, subject, request.signers()).verified());
            }
            return PrunePlan.of(heads, !countsAll(request), ClockSkew.latest(clock.instant()));
        }
    }

    /** Whether a rule looks at all statements: an expression may count them or look for an old one, so each can matter. */
    private static boolean countsAll(PruneRequest request) {
        return request.policies().stream()
                .flatMap(policy -> policy.checklist().stream())
                .anyMatch(rule -> rule.asks() instanceof ConsultedEvidence.Everything);
    }

    /**
     * Removes what was planned.
     *
     * @throws io.jenkins.plugins.airworthy.UndecidedException if a removal cannot be recorded, or the store does not remove it
     */
    public void remove(ImageReference image, PrunePlan plan, Progress progress)
            throws AirworthyException, InterruptedException {
        Map<Digest, List<PrunePlan.Removal>> bySubject = new LinkedHashMap<>();
        plan.removals().forEach(removal -> bySubject
                .computeIfAbsent(removal.evidence().subject(), subject -> new ArrayList<>())
                .add(removal));
        int removed = 0;
        try (ImageStore store = stores.open(image)) {
            for (Map.Entry<Digest, List<PrunePlan.Removal>> about : bySubject.entrySet()) {
                List<PrunePlan.Removal> all = about.getValue();
                for (int from = 0; from < all.size(); from += AT_ONCE) {
                    List<PrunePlan.Removal> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
                    remove(store, about.getKey(), some);
                    removed += some.size();
                    progress.say("removed " + removed + " of " + plan.removals().size());
                }
            }
        }
    }

    /** Removes some manifests. Copies are not recorded: the statement itself remains, and its absence must be noticed. */
    private void remove(ImageStore store, Digest subject, List<PrunePlan.Removal> removals)
            throws AirworthyException, InterruptedException {
        for (PrunePlan.Removal removal : removals) {
            if (!removal.copy()) {
                EvidenceHead evidence = removal.evidence();
                record.removing(subject, evidence.predicateType(), evidence.payload());
            }
        }
        store.removeReferrers(
                subject,
                removals.stream().map(removal -> removal.evidence().manifest()).toList());
    }
}
