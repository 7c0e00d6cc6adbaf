package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.gate.history.PromotionHistory;
import io.jenkins.plugins.airworthy.gate.history.Stay;
import io.jenkins.plugins.airworthy.gate.history.TargetHistory;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Adds the items {@code held} and {@code downgrade} to a verdict about a promotion: no image comes back to a target from which it was
 * rolled back, and none that is older than what is there. What cannot be compared is said, and does not refuse.
 */
final class Downgrade {
    static final String ID = "downgrade";
    private static final String HELD = "held";
    private static final String BACK = "; to go back, use 'airworthy rollback' or the step imageRollback";

    private final Optional<PromotionHistory> history;
    private final ImageReference target;

    Downgrade(Optional<PromotionHistory> history, ImageReference target) {
        this.history = history;
        this.target = target;
    }

    /** What is at the target. */
    record There(Optional<Digest> digest, ImageStore store, TrustedSigners signers) {
        static There find(ImageStore store, String tag, TrustedSigners signers)
                throws AirworthyException, InterruptedException {
            return new There(store.resolve(tag).map(Descriptor::digest), store, signers);
        }
    }

    /**
     * Judges.
     *
     * @param times by the policy
     * @param there what is at the target; empty if only the ledger is asked
     */
    Verdict judge(Judged image, BuildTimes times, Optional<There> there)
            throws AirworthyException, InterruptedException {
        Verdict verdict = image.verdict();
        Optional<Instant> built = image.built();
        Optional<TargetHistory> told =
                history.isEmpty() ? Optional.empty() : Optional.of(history.get().at(target));
        Verdict judged = verdict;
        if (told.isPresent()) {
            judged = judged.with(held(told.get(), image));
        }
        if (verdict.items().stream().anyMatch(item -> item.id().equals(ID))) {
            return judged; // left out by the policy, which says why
        }
        Optional<Verdict.Item> recorded = told.isEmpty() ? Optional.empty() : recorded(told.get(), image, there);
        if (recorded.isPresent()) {
            return judged.with(recorded.get());
        }
        return there.isEmpty() || !judged.passed()
                ? judged
                : judged.with(compared(verdict.digest(), built, times, there.get()));
    }

    /** An image that is held does not come back inside an index either. */
    private static Verdict.Item held(TargetHistory told, Judged image) throws AirworthyException {
        for (Digest platform : platforms(image)) {
            Verdict.Item item = held(told, platform);
            if (item.status() == Status.FAILED) {
                return item;
            }
        }
        return held(told, image.verdict().digest());
    }

    /** The images in an index. */
    private static List<Digest> platforms(Judged image) {
        return image.image().platforms().stream()
                .map(PlatformImage::digest)
                .filter(digest -> !digest.equals(image.verdict().digest()))
                .toList();
    }

    private static Verdict.Item held(TargetHistory told, Digest digest) throws AirworthyException {
        TargetHistory.ImageStanding standing = told.standing(digest);
        return standing.standing() == TargetHistory.Standing.HELD
                ? Verdict.Item.of(
                        HELD,
                        Status.FAILED,
                        "the image is held at " + told.place() + " since "
                                + standing.entry().orElseThrow().entry().time() + ", by entry "
                                + standing.entry().orElseThrow().index()
                                + " of the ledger; 'airworthy reinstate " + told.place() + " " + digest
                                + " --reason TEXT' lets it come back")
                : Verdict.Item.of(HELD, Status.PASSED, "the image is not held at " + told.place());
    }

    /** What the ledger says; empty if it does not decide. */
    private static Optional<Verdict.Item> recorded(TargetHistory told, Judged image, Optional<There> there)
            throws AirworthyException {
        Digest digest = image.verdict().digest();
        Optional<Instant> built = image.built();
        Optional<Stay> current = told.current();
        if (current.isEmpty()) {
            return Optional.empty();
        }
        Stay newest = current.get();
        Optional<Digest> tagged = there.flatMap(There::digest);
        boolean moved = tagged.isPresent() && !tagged.get().equals(newest.digest());
        if (newest.digest().equals(digest)) {
            return moved // by somebody else, maybe to a newer image
                    ? Optional.empty()
                    : Optional.of(Verdict.Item.of(ID, Status.PASSED, "it is what the gate brought there last"));
        }
        TargetHistory.ImageStanding standing = told.standing(digest);
        if (isReinstated(standing, newest)) {
            return Optional.of(Verdict.Item.of(ID, Status.PASSED, "the image was reinstated there"));
        }
        if (standing.standing() != TargetHistory.Standing.NEW) {
            return Optional.of(wasThere(told, standing, newest));
        }
        for (Digest platform : platforms(image)) {
            TargetHistory.ImageStanding inside = told.standing(platform);
            if (inside.standing() != TargetHistory.Standing.NEW
                    && !platform.equals(newest.digest())
                    && !isReinstated(inside, newest)) {
                return Optional.of(wasThere(told, inside, newest));
            }
        }
        if (tagged.equals(Optional.of(digest))) {
            return Optional.empty();
        }
        boolean comparable = built.isPresent() && newest.built().isPresent();
        if (!comparable) {
            return Optional.empty();
        }
        Verdict.Item item = item(built, newest.built(), newest.digest());
        boolean foreign = there.isPresent() && !tagged.equals(Optional.of(newest.digest()));
        return item.status() == Status.FAILED || !foreign ? Optional.of(item) : Optional.empty();
    }

    /** What was promoted after an image was reinstated is newer again. */
    private static boolean isReinstated(TargetHistory.ImageStanding image, Stay newest) {
        return image.standing() == TargetHistory.Standing.REINSTATED
                && image.entry().orElseThrow().index() > newest.index();
    }

    private static Verdict.Item wasThere(TargetHistory told, TargetHistory.ImageStanding image, Stay newest) {
        return Verdict.Item.of(
                ID,
                Status.FAILED,
                "the image was at " + told.place() + " before, by entry "
                        + image.entry().orElseThrow().index() + " of the ledger, and "
                        + newest.digest().abbreviated() + " came after it" + BACK);
    }

    private Verdict.Item compared(Digest digest, Optional<Instant> built, BuildTimes times, There there)
            throws AirworthyException, InterruptedException {
        if (there.digest().isEmpty()) {
            return Verdict.Item.of(ID, Status.PASSED, "there is no image at the target's tag");
        }
        Digest current = there.digest().get();
        if (current.equals(digest)) {
            return Verdict.Item.of(ID, Status.PASSED, "the image is at the target's tag already");
        }
        if (built.isEmpty()) {
            return item(built, Optional.empty(), current);
        }
        try {
            return item(built, times.finishedAt(there.store(), target.at(current), there.signers()), current);
        } catch (InvalidInputException e) {
            return Verdict.Item.of(
                    ID, Status.NOT_APPLICABLE, "cannot be compared with what is at the target: " + e.getMessage());
        }
    }

    private static Verdict.Item item(Optional<Instant> built, Optional<Instant> before, Digest current) {
        if (built.isEmpty() || before.isEmpty()) {
            return Verdict.Item.of(
                    ID,
                    Status.NOT_APPLICABLE,
                    "cannot be compared: no provenance that the policy believes says when "
                            + (built.isEmpty() ? "this image" : current.abbreviated() + ", which is at the target,")
                            + " was built");
        }
        boolean older = built.get().isBefore(before.get());
        String times = "its build ended at " + built.get() + ", and that of " + current.abbreviated()
                + ", which is at the target, at " + before.get();
        return older
                ? Verdict.Item.of(ID, Status.FAILED, "the image is older than what is there: " + times + BACK)
                : Verdict.Item.of(ID, Status.PASSED, times);
    }
}
