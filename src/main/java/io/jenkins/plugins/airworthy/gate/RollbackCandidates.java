package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.gate.history.Stay;
import io.jenkins.plugins.airworthy.gate.history.TargetHistory;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The images that were at a target, newest first: which may come back, by the ledger and by the policy of today. */
final class RollbackCandidates {
    private final TargetHistory history;
    private final ImageStore store;
    private final Optional<Digest> current;

    /** @param current what is at the target's tag now */
    RollbackCandidates(TargetHistory history, ImageStore store, Optional<Digest> current) {
        this.history = history;
        this.store = store;
        this.current = current;
    }

    /** Each image that was there once, with what the ledger has against it. */
    List<RollbackChoice> all(int limit) throws AirworthyException {
        List<RollbackChoice> choices = new ArrayList<>();
        Set<Digest> seen = new LinkedHashSet<>();
        Optional<Stay> barrier = Optional.empty();
        for (Stay stay : history.stays(TargetHistory.MAX_STAYS)) {
            if (choices.size() < limit && seen.add(stay.digest())) {
                choices.add(new RollbackChoice(stay, obstacle(stay, barrier), Optional.empty()));
            }
            barrier = barrier.isEmpty() && stay.barrier().isPresent() ? Optional.of(stay) : barrier;
        }
        return choices;
    }

    private Optional<String> obstacle(Stay stay, Optional<Stay> barrier) throws AirworthyException {
        if (current.equals(Optional.of(stay.digest()))) {
            return Optional.of("it is there now");
        }
        TargetHistory.ImageStanding standing = history.standing(stay.digest());
        if (standing.standing() == TargetHistory.Standing.HELD) {
            return Optional.of("it is held since "
                    + standing.entry().orElseThrow().entry().time());
        }
        if (barrier.isPresent()) {
            return Optional.of("the promotion of " + barrier.get().digest().abbreviated() + " at "
                    + barrier.get().since() + " is a barrier, beyond which nothing comes back");
        }
        return stay.source().isEmpty()
                ? Optional.of("the ledger does not say from where it was promoted")
                : Optional.empty();
    }

    /** Judges an image at the target, under the name from which it was promoted. */
    Judged judge(RollbackChoice choice, RollbackRequest request, EvidenceCollector collector, Progress progress)
            throws AirworthyException, InterruptedException {
        ResolvedImage found =
                ImageReader.read(store, request.target().at(choice.stay().digest()));
        ImageReference source = source(choice);
        ResolvedImage named = new ResolvedImage(
                source, found.descriptor(), found.manifest(), found.platforms(), found.problems());
        return collector.judge(store, named, request.promotion(source).verification(), progress);
    }

    private static ImageReference source(RollbackChoice choice) throws InvalidInputException {
        return ImageReference.parse(choice.stay().source().orElseThrow())
                .at(choice.stay().digest());
    }

    static PromoteRequest promotion(RollbackChoice choice, RollbackRequest request) throws InvalidInputException {
        return request.promotion(source(choice));
    }
}
