package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.TimeLimit;
import io.jenkins.plugins.airworthy.gate.history.PromotionHistory;
import io.jenkins.plugins.airworthy.gate.history.Stay;
import io.jenkins.plugins.airworthy.gate.history.TargetHistory;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The images that were at a target, newest first: which may come back, by the ledger and by the policy of today. */
final class Rollbacks {
    private final PromotionHistory kept;
    private final TargetHistory history;
    private final EvidenceCollector collector;
    private final Duration timeLimit;
    private final RollbackRequest request;
    private final ImageStore store;
    private final Progress progress;
    private final Optional<Digest> current;

    /** @param store where the target is */
    Rollbacks(
            PromotionHistory kept,
            EvidenceCollector collector,
            Duration timeLimit,
            RollbackRequest request,
            ImageStore store,
            Progress progress)
            throws AirworthyException, InterruptedException {
        this.kept = kept;
        this.history = kept.at(request.target());
        this.collector = collector;
        this.timeLimit = timeLimit;
        this.request = request;
        this.store = store;
        this.progress = progress;
        this.current = store.resolve(request.target().newTag()).map(Descriptor::digest);
    }

    /** What was there, newest first, judged as far as nothing is in the way; changes nothing. */
    List<RollbackChoice> candidates(int limit) throws AirworthyException, InterruptedException {
        List<RollbackChoice> judged = new ArrayList<>();
        for (RollbackChoice each : all(limit)) {
            judged.add(each.obstacle().isPresent() ? each : judge(each));
        }
        return List.copyOf(judged);
    }

    /** Brings the image back that is asked for, or the newest that may come back. */
    Rollback rollback(TagMove tag) throws AirworthyException, InterruptedException {
        if (!kept.records()) {
            throw new InvalidInputException("a rollback is recorded, so it needs the private key of the ledger");
        }
        List<RollbackChoice> looked = new ArrayList<>();
        for (RollbackChoice each : all(TargetHistory.MAX_STAYS)) {
            if (request.to().isPresent()
                    && !request.to().get().equals(each.stay().digest())) {
                continue;
            }
            RollbackChoice choice = each.obstacle().isPresent() ? each : judge(each);
            looked.add(choice);
            if (choice.judged().isPresent()) {
                kept.verdict(choice.judged().get().verdict(), Optional.of(history.place()));
            }
            if (choice.mayReturn()) {
                return goBack(choice, looked, tag);
            }
        }
        return new Rollback.Refused(looked, refusal(looked));
    }

    private Rollback goBack(RollbackChoice choice, List<RollbackChoice> looked, TagMove tag)
            throws AirworthyException, InterruptedException {
        Judged judged = choice.judged().orElseThrow();
        Optional<Digest> summary = tag.move(
                request.promotion(source(choice)),
                judged,
                judged.image().manifest(),
                store,
                current,
                Optional.of(request.reason()),
                progress);
        return new Rollback.Done(
                looked, judged, request.target().at(choice.stay().digest()), current, summary);
    }

    private String refusal(List<RollbackChoice> looked) {
        if (looked.isEmpty()) {
            return request.to().isPresent()
                    ? "the gate never brought " + request.to().get() + " to " + request.target()
                    : "the ledger knows no image that was at " + request.target();
        }
        return request.to().isPresent()
                ? looked.get(0).refusal().orElseThrow()
                : "no image that was at " + request.target() + " may come back";
    }

    /** Each image that was there once, with what the ledger has against it. */
    private List<RollbackChoice> all(int limit) throws AirworthyException {
        List<RollbackChoice> choices = new ArrayList<>();
        Set<Digest> seen = new LinkedHashSet<>();
        Optional<Stay> barrier = Optional.empty();
        for (Stay stay : history.stays(TargetHistory.MAX_STAYS)) {
            if (choices.size() < limit && seen.add(stay.digest())) {
                choices.add(new RollbackChoice(stay, obstacle(stay, barrier, choices.isEmpty()), Optional.empty()));
            }
            barrier = barrier.isEmpty() && stay.barrier().isPresent() ? Optional.of(stay) : barrier;
        }
        return choices;
    }

    private Optional<String> obstacle(Stay stay, Optional<Stay> barrier, boolean newest) throws AirworthyException {
        if (current.equals(Optional.of(stay.digest()))) {
            return Optional.of("it is there now");
        }
        if (newest && !request.to().equals(Optional.of(stay.digest()))) { // whoever goes back does not want this one
            return Optional.of("the gate brought it last, and it is not there any more: name it with --to");
        }
        TargetHistory.ImageStanding standing = history.standing(stay.digest());
        if (standing.standing() == TargetHistory.Standing.HELD) {
            return Optional.of(
                    "it is held since " + standing.entry().orElseThrow().entry().time());
        }
        if (barrier.isPresent()) {
            return Optional.of("the promotion of " + barrier.get().digest().abbreviated() + " at "
                    + barrier.get().since() + " is a barrier, beyond which nothing comes back");
        }
        return stay.source().isEmpty()
                ? Optional.of("the ledger does not say from where it was promoted")
                : Optional.empty();
    }

    private RollbackChoice judge(RollbackChoice choice) throws AirworthyException, InterruptedException {
        Digest digest = choice.stay().digest();
        progress.say("judge " + digest + " for the way back");
        Judged judged = TimeLimit.within(
                timeLimit,
                "the verdict over " + digest,
                "the time limit of a verdict; at the command line: --minutes",
                () -> judge(digest, source(choice)));
        return new RollbackChoice(choice.stay(), Optional.empty(), Optional.of(judged));
    }

    /** Judges an image at the target, under the name from which it was promoted. */
    private Judged judge(Digest digest, ImageReference source) throws AirworthyException, InterruptedException {
        ResolvedImage found = ImageReader.read(store, request.target().at(digest));
        ResolvedImage named =
                new ResolvedImage(source, found.descriptor(), found.manifest(), found.platforms(), found.problems());
        return collector.judge(store, named, request.promotion(source).verification(), progress);
    }

    private static ImageReference source(RollbackChoice choice) throws InvalidInputException {
        return ImageReference.parse(choice.stay().source().orElseThrow())
                .at(choice.stay().digest());
    }
}
