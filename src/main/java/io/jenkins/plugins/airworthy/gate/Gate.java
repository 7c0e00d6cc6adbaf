package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.TimeLimit;
import io.jenkins.plugins.airworthy.image.copy.CopyResult;
import io.jenkins.plugins.airworthy.image.copy.ImageCopier;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceWriter;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;

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

    private final ImageStores stores;
    private final Clock clock;
    private final Duration timeLimit;
    private final KnownStatements known;
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
        this(stores, clock, timeLimit, known, Optional.empty());
    }

    private Gate(
            ImageStores stores, Clock clock, Duration timeLimit, KnownStatements known, Optional<RecallCheck> recalls) {
        if (timeLimit.isNegative() || timeLimit.isZero() || timeLimit.compareTo(MAX_TIME_LIMIT) > 0) {
            throw new IllegalArgumentException("the time limit must be more than zero and at most " + MAX_TIME_LIMIT);
        }
        this.stores = stores;
        this.clock = clock;
        this.timeLimit = timeLimit;
        this.known = known;
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
        return new Gate(stores, clock, timeLimit, known, Optional.of(new RecallCheck(stores, lists)));
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
            return judge(store, request, progress);
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
    public Promotion promote(PromoteRequest request, VerdictListener listener, Progress progress)
            throws AirworthyException, InterruptedException {
        String tag = request.target().newTag();
        try (ImageStore from = stores.open(request.image())) {
            Judged judged = judge(from, request.verification(), progress);
            listener.tell(judged);
            Optional<String> refusal = refusal(judged.verdict());
            if (refusal.isPresent()) {
                return new Promotion.Refused(judged, refusal.get());
            }
            try (ImageStore to = stores.open(request.target())) {
                return copy(request, judged, tag, from, to, progress);
            }
        }
    }

    private Judged judge(ImageStore store, VerifyRequest request, Progress progress)
            throws AirworthyException, InterruptedException {
        return TimeLimit.within(
                timeLimit,
                "the verdict over " + request.image(),
                "the time limit of a verdict; at the command line: --minutes",
                () -> collector.judge(store, request, progress));
    }

    private Promotion copy(
            PromoteRequest request, Judged judged, String tag, ImageStore from, ImageStore to, Progress progress)
            throws AirworthyException, InterruptedException {
        Manifest manifest = judged.image().manifest();
        List<Digest> evidence = List.copyOf(judged.verdict().evidence());
        CopyResult copied = new ImageCopier(progress).copy(from, manifest.digest(), evidence, judged.tags(), to);
        Optional<Digest> summary = Optional.empty();
        if (request.summaryKey().isPresent()) {
            progress.say("attach the verification summary");
            summary = Optional.of(
                    attachSummary(request, judged, to, request.summaryKey().get()));
        }
        to.tag(tag, manifest);
        return new Promotion.Promoted(judged, request.target().at(manifest.digest()), copied, summary);
    }

    private Digest attachSummary(PromoteRequest request, Judged judged, ImageStore to, StatementSigner key)
            throws AirworthyException, InterruptedException {
        return EvidenceWriter.attach(
                        to,
                        judged.image().descriptor(),
                        VsaFactory.of(judged.verdict(), request, clock.instant()),
                        key,
                        clock)
                .digest();
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
