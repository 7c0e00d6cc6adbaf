package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.TimeLimit;
import io.jenkins.plugins.airworthy.gate.history.PromotionHistory;
import io.jenkins.plugins.airworthy.gate.history.TargetHistory;
import io.jenkins.plugins.airworthy.image.copy.CopyResult;
import io.jenkins.plugins.airworthy.image.copy.ImageCopier;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.policy.Verdict;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Judges images and promotes those that pass. It believes only what it reads from the registry itself, by digest, and
 * promotes exactly what it judged. Thread-safe.
 */
public final class Gate {
    /** Default time limit of one verdict. */
    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofMinutes(10);

    /** Longest time limit of one verdict. */
    public static final Duration MAX_TIME_LIMIT = Duration.ofHours(6);

    private static final String LIMIT = "the time limit of a verdict; at the command line: --minutes";

    private final ImageStores stores;
    private final Clock clock;
    private final Duration timeLimit;
    private final KnownStatements known;
    private final Optional<RecallCheck> recalls;
    private final Optional<PromotionHistory> history;
    private final EvidenceCollector collector;

    /** Creates a gate without a record of signed statements: it assumes that the registry lists all of them. */
    public Gate(ImageStores stores, Clock clock) {
        this(stores, clock, DEFAULT_TIME_LIMIT);
    }

    /**
     * Creates a gate without a record of signed statements.
     *
     * @param timeLimit for one verdict, including reading the image and its evidence, but not copying
     */
    public Gate(ImageStores stores, Clock clock, Duration timeLimit) {
        this(stores, clock, timeLimit, KnownStatements.NONE);
    }

    /**
     * Creates a gate that refuses an image if the registry hides evidence that is in a record.
     *
     * @param timeLimit for one verdict, including reading the image and its evidence, but not copying
     * @param known the record
     */
    public Gate(ImageStores stores, Clock clock, Duration timeLimit, KnownStatements known) {
        this(stores, clock, timeLimit, known, Optional.empty(), Optional.empty());
    }

    private Gate(
            ImageStores stores,
            Clock clock,
            Duration timeLimit,
            KnownStatements known,
            Optional<RecallCheck> recalls,
            Optional<PromotionHistory> history) {
        if (timeLimit.isNegative() || timeLimit.isZero() || timeLimit.compareTo(MAX_TIME_LIMIT) > 0) {
            throw new IllegalArgumentException("the time limit must be more than zero and at most " + MAX_TIME_LIMIT);
        }
        this.stores = stores;
        this.clock = clock;
        this.timeLimit = timeLimit;
        this.known = known;
        this.recalls = recalls;
        this.history = history;
        this.collector = new EvidenceCollector(stores, known, clock, recalls);
    }

    /**
     * Returns this gate with lists of recalls, by which it judges every image too. Each verdict then has an item {@code recalls} for
     * each list; of a gate without lists it has none.
     *
     * @param lists at least one
     */
    public Gate withRecalls(RecallLists lists) {
        if (lists.sources().isEmpty()) {
            throw new IllegalArgumentException("no list of recalls");
        }
        return new Gate(stores, clock, timeLimit, known, Optional.of(new RecallCheck(stores, lists)), history);
    }

    /**
     * Returns this gate with the history in a ledger: every verdict and every promotion is an entry, and no image comes back to a target
     * otherwise than by {@link #rollback}. A gate with a ledger that was cut or restored promotes nothing.
     */
    public Gate withHistory(PromotionHistory kept) {
        return new Gate(stores, clock, timeLimit, known, recalls, Optional.of(kept));
    }

    /**
     * Judges an image, as it is now, by a policy.
     *
     * @return the verdict, passed or not, and the manifests and evidence that it is about
     * @throws InvalidInputException if the request is invalid (for example the target has no tag), if the image's tag does not
     *     point at the given digest, or if its manifests are malformed
     * @throws io.jenkins.plugins.airworthy.UndecidedException if the image does not exist, or if it, its evidence or the record
     *     cannot be read completely and in time; the image has not passed
     */
    public Judged verify(VerifyRequest request, Progress progress) throws AirworthyException, InterruptedException {
        if (request.target().isPresent()) {
            request.target().get().newTag();
        }
        try (ImageStore store = stores.open(request.image())) {
            Judged judged = compare(judge(store, request, progress), request, Optional.empty());
            record(judged, request.target());
            return judged;
        }
    }

    /**
     * Promotes an image if it passes an enforced policy. A refusal writes nothing to the target. Otherwise the gate copies the
     * image and the evidence that decided, attaches the signed summary, and moves the tag last: a failure before that leaves
     * the tag unchanged.
     *
     * @return whether the image was promoted or refused, with the verdict
     * @throws InvalidInputException if the request is invalid (for example the target has no tag), if the image's tag does not
     *     point at the given digest, or if its manifests are malformed
     * @throws io.jenkins.plugins.airworthy.UndecidedException if something cannot be read, signed or written; the target's tag
     *     is unchanged, unless moving the tag itself failed and the registry's answer was lost
     */
    public Promotion promote(PromoteRequest request, Progress progress)
            throws AirworthyException, InterruptedException {
        return promote(request, judged -> {}, progress);
    }

    /**
     * Promotes an image if it passes an enforced policy, as {@link #promote(PromoteRequest, Progress)} does.
     *
     * @param listener receives the verdict, passed or not, before anything is copied
     * @throws InvalidInputException if the request is invalid, or if the image's manifests are malformed
     * @throws io.jenkins.plugins.airworthy.UndecidedException if something cannot be read, signed or written
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Promotion promote(PromoteRequest request, VerdictListener listener, Progress progress)
            throws AirworthyException, InterruptedException {
        String tag = request.target().newTag();
        requireSound();
        try (PromotionHistory.Lock ignored = lock(request.target());
                ImageStore from = stores.open(request.image());
                ImageStore to = stores.open(request.target())) {
            settle(request.target(), to, progress);
            Judged judged = judge(from, request.verification(), progress);
            Optional<Downgrade.There> there = Optional.empty();
            if (refusal(judged.verdict())
                    .isEmpty()) { // of an image that is refused anyway nothing is asked at the target
                there = Optional.of(
                        Downgrade.There.find(to, tag, request.verification().signers()));
            }
            judged = compare(judged, request.verification(), there);
            record(judged, Optional.of(request.target()));
            listener.tell(judged);
            Optional<String> refusal = refusal(judged.verdict());
            if (refusal.isPresent()) {
                return new Promotion.Refused(judged, refusal.get());
            }
            return copy(request, judged, from, there.orElseThrow(), progress);
        }
    }

    private Promotion copy(
            PromoteRequest request, Judged judged, ImageStore from, Downgrade.There there, Progress progress)
            throws AirworthyException, InterruptedException {
        Manifest manifest = judged.image().manifest();
        ImageStore to = there.store();
        List<Digest> evidence = List.copyOf(judged.verdict().evidence());
        CopyResult copied = new ImageCopier(progress).copy(from, manifest.digest(), evidence, judged.tags(), to);
        TagMove move = new TagMove(history, clock);
        Optional<Digest> summary = move.move(request, judged, manifest, to, there.digest(), Optional.empty(), progress);
        return new Promotion.Promoted(judged, request.target().at(manifest.digest()), copied, summary);
    }

    /**
     * Says which images were at a target and may come back, newest first, and changes nothing.
     *
     * @param limit how many
     */
    public List<RollbackChoice> candidates(RollbackRequest request, int limit, Progress progress)
            throws AirworthyException, InterruptedException {
        requireSound();
        try (ImageStore to = stores.open(request.target())) {
            return rollbacks(request, to, progress).candidates(limit);
        }
    }

    /**
     * Brings an earlier image back to a target: the one that is asked for, or the newest that passes the policy of today. What was there
     * is held from then on. A refusal changes nothing.
     *
     * @throws InvalidInputException if the request is invalid, or this gate has no history
     * @throws io.jenkins.plugins.airworthy.UndecidedException if something cannot be read, signed or written
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Rollback rollback(RollbackRequest request, Progress progress)
            throws AirworthyException, InterruptedException {
        requireSound();
        try (PromotionHistory.Lock ignored = lock(request.target());
                ImageStore to = stores.open(request.target())) {
            settle(request.target(), to, progress);
            return rollbacks(request, to, progress).rollback(new TagMove(history, clock));
        }
    }

    private Rollbacks rollbacks(RollbackRequest request, ImageStore to, Progress progress)
            throws AirworthyException, InterruptedException {
        PromotionHistory kept = history.orElseThrow(
                () -> new InvalidInputException("a rollback needs a ledger, which knows what was at the"
                        + " target: at the command line, --ledger and --ledger-key"));
        return new Rollbacks(kept, collector, timeLimit, request, to, progress);
    }

    private void requireSound() throws AirworthyException {
        if (history.isPresent()) {
            history.get().requireSound();
        }
    }

    private PromotionHistory.Lock lock(ImageReference target) throws AirworthyException, InterruptedException {
        return history.isPresent() ? history.get().lock(target) : () -> {};
    }

    private void settle(ImageReference target, ImageStore to, Progress progress)
            throws AirworthyException, InterruptedException {
        if (history.isPresent()) {
            history.get().settle(target, to).ifPresent(progress::say);
        }
    }

    private void record(Judged judged, Optional<ImageReference> target) throws AirworthyException {
        if (history.isPresent()) {
            history.get()
                    .verdict(
                            judged.verdict(),
                            target.isEmpty() ? Optional.empty() : Optional.of(TargetHistory.place(target.get())));
        }
    }

    /**
     * Compares the image with what the ledger says of the target.
     *
     * @param there what is at the target; empty if only the ledger is asked
     */
    private Judged compare(Judged judged, VerifyRequest request, Optional<Downgrade.There> there)
            throws AirworthyException, InterruptedException {
        Optional<ImageReference> target = request.target();
        return target.isEmpty()
                ? judged
                : TimeLimit.within(
                        timeLimit,
                        "the comparison with what is at " + target.get(),
                        LIMIT,
                        () -> judged.with(new Downgrade(history, target.get())
                                .judge(judged, new BuildTimes(request.policy(), clock.instant()), there)));
    }

    private Judged judge(ImageStore store, VerifyRequest request, Progress progress)
            throws AirworthyException, InterruptedException {
        return TimeLimit.within(
                timeLimit,
                "the verdict over " + request.image(),
                LIMIT,
                () -> collector.judge(store, request, progress));
    }

    private static Optional<String> refusal(Verdict verdict) {
        if (!verdict.passed()) {
            return Optional.of("policy '" + verdict.policyName() + "' refuses " + verdict.image());
        }
        if (!verdict.enforced()) {
            return Optional.of("policy '" + verdict.policyName()
                    + "' is in audit mode: it can verify but not promote; set 'mode: enforce' to promote by it");
        }
        return Optional.empty();
    }
}
