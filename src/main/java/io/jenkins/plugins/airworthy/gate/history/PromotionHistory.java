package io.jenkins.plugins.airworthy.gate.history;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.ClockSkew;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.Health;
import io.jenkins.plugins.airworthy.ledger.Ledger;
import io.jenkins.plugins.airworthy.ledger.LedgerReader;
import io.jenkins.plugins.airworthy.ledger.LedgerReader.Recorded;
import io.jenkins.plugins.airworthy.policy.Verdict;
import io.jenkins.plugins.airworthy.policy.rule.Status;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * The verdicts, promotions and rollbacks in a ledger. An entry is on the disk before the tag moves, and another one tells the outcome; what
 * a crash left open is settled by asking the registry. Thread-safe.
 */
public final class PromotionHistory {
    /** How many of the newest entries a start looks at for what a crash left open; others are settled when their target is used. */
    public static final int SETTLED_AT_START = 2_048;

    private static final int LOCKS = 64;

    private final LedgerReader reader;
    private final Optional<Ledger> writer;
    private final Clock clock;
    private final Optional<String> run;
    private final Optional<CheckpointAnchor> anchor;
    private final List<ReentrantLock> locks;

    private PromotionHistory(
            LedgerReader reader,
            Optional<Ledger> writer,
            Clock clock,
            Optional<String> run,
            Optional<CheckpointAnchor> anchor,
            List<ReentrantLock> locks) {
        this.reader = reader;
        this.writer = writer;
        this.clock = clock;
        this.run = run;
        this.anchor = anchor;
        this.locks = locks;
    }

    /** The history in a ledger to which this process writes; one object for each ledger, since it orders those who move one tag. */
    public static PromotionHistory of(Ledger ledger, Clock clock) {
        return new PromotionHistory(
                ledger,
                Optional.of(ledger),
                clock,
                Optional.empty(),
                Optional.empty(),
                IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList());
    }

    /** The history in a published ledger, which is only read: nothing is recorded by it, and a promotion is not an entry of it. */
    public static PromotionHistory reading(LedgerReader ledger, Clock clock) {
        return new PromotionHistory(
                ledger, Optional.empty(), clock, Optional.empty(), Optional.empty(), List.of(new ReentrantLock()));
    }

    /** Whether this process writes the ledger. */
    public boolean records() {
        return writer.isPresent();
    }

    /** The same history, whose entries name a run. */
    public PromotionHistory by(String id) {
        return new PromotionHistory(reader, writer, clock, Optional.of(id), anchor, locks);
    }

    /** The same history, whose checkpoint is kept elsewhere before each tag moves. */
    public PromotionHistory anchoredBy(CheckpointAnchor kept) {
        return new PromotionHistory(reader, writer, clock, run, Optional.of(kept), locks);
    }

    /** What is told of one target. */
    public TargetHistory at(ImageReference target) throws AirworthyException {
        return new TargetHistory(reader, TargetHistory.place(target));
    }

    /** The ledger itself. */
    public LedgerReader ledger() {
        return reader;
    }

    /** Nobody else moves a target's tag through this history until the lock is closed. */
    public Lock lock(ImageReference target) throws AirworthyException, InterruptedException {
        ReentrantLock lock = locks.get(Math.floorMod(TargetHistory.place(target).hashCode(), locks.size()));
        lock.lockInterruptibly();
        return lock::unlock;
    }

    /** A held lock. */
    @FunctionalInterface
    public interface Lock extends AutoCloseable {
        @Override
        void close();
    }

    /** Refuses to go on if the ledger may not be the ground of a promotion. */
    public void requireSound() throws AirworthyException {
        if (writer.isEmpty()) {
            requireClock();
        }
        if (writer.isPresent() && !writer.get().health().isGood()) {
            throw new UndecidedException("nothing is promoted on the ground of this ledger: "
                    + String.join("; ", writer.get().health().problems())
                    + ". Look into it; 'airworthy ledger continue' goes on with one"
                    + " that was cut or restored, or has a wrong time");
        }
    }

    private void requireClock() throws AirworthyException {
        for (Recorded newest : reader.last(1)) {
            if (ClockSkew.isFuture(newest.entry().time(), clock.instant())) {
                throw new UndecidedException("nothing is promoted on the ground of this ledger: the clock says "
                        + clock.instant() + ", but its newest entry is from "
                        + newest.entry().time() + ": set the clock");
            }
        }
    }

    /** Records a verdict, unless the ledger takes nothing: then verifying goes on, and promoting does not. */
    public void verdict(Verdict verdict, Optional<String> place) throws AirworthyException {
        if (writer.isEmpty() || writer.map(Ledger::health).flatMap(Health::tree).isPresent()) {
            return;
        }
        Set<String> failed = new LinkedHashSet<>();
        verdict.items().stream().filter(item -> item.status() == Status.FAILED).forEach(item -> failed.add(item.id()));
        Entry entry = entry(Kinds.VERDICT)
                .about(verdict.digest())
                .with("decision", verdict.decision().name())
                .with(Kinds.SOURCE, verdict.image().toString())
                .with(Kinds.POLICY, verdict.policyDigest().toString())
                .with("enforced", String.valueOf(verdict.enforced()));
        entry = failed.isEmpty() ? entry : entry.with("failed", String.join(",", failed));
        write(place.isPresent() ? entry.at(place.get()) : entry);
    }

    /** Writes a checkpoint of all entries so far, and puts it where it is anchored; empty for a ledger that is only read. */
    public Optional<String> checkpoint(Progress progress) throws AirworthyException, InterruptedException {
        if (writer.isEmpty()) {
            return Optional.empty();
        }
        if (anchor.isPresent()) {
            compare(writer.get(), anchor.get());
        }
        String note = writer.get().checkpoint();
        if (anchor.isPresent()) {
            progress.say("keep the ledger's checkpoint in " + anchor.get());
            anchor.get().keep(note);
        }
        return Optional.of(note);
    }

    /** What was put there instead of the own checkpoint would hide that the ledger was cut. */
    private static void compare(Ledger ledger, CheckpointAnchor anchor)
            throws AirworthyException, InterruptedException {
        for (String note : anchor.newest()) {
            ledger.compare(List.of(note));
            if (!ledger.signed(note)) {
                throw new UndecidedException(anchor + ": the newest checkpoint there was not signed by the key of this"
                        + " ledger, so nothing is promoted: look into who may push there");
            }
        }
    }

    /**
     * Records that a tag will move, before it does; with a rollback also that what is there now is held, if the gate brought it there last.
     *
     * @return the index by which the outcome names it
     */
    public long begin(Move move) throws AirworthyException {
        Optional<Digest> barrier = move.barrier().isEmpty()
                ? Optional.empty()
                : Optional.of(requireWriter().texts().keep(move.barrier().get()));
        Entry begun = move.about(entry(move.rollback() ? Kinds.ROLLING_BACK : Kinds.PROMOTING));
        begun = barrier.isPresent() ? begun.with(Kinds.BARRIER, barrier.get().toString()) : begun;
        List<Entry> entries = new ArrayList<>(List.of(begun));
        Optional<Digest> last =
                new TargetHistory(reader, move.target()).current().map(Stay::digest);
        if (move.rollback() && move.previous().isPresent() && move.previous().equals(last)) {
            Entry held = entry(Kinds.HELD).about(move.previous().get()).at(move.target());
            entries.add(held.with(Kinds.REASON, keep(move.reason().orElse("rolled back"))));
        }
        return requireWriter().appendAll(entries);
    }

    /** Records that what was begun happened. */
    public void done(long begun, Optional<Digest> summary) throws AirworthyException {
        Entry intent = reader.entry(begun);
        Entry entry =
                outcome(begun, intent, Kinds.PROMOTING.equals(intent.kind()) ? Kinds.PROMOTED : Kinds.ROLLED_BACK);
        write(summary.isPresent() ? entry.with(Kinds.SUMMARY, summary.get().toString()) : entry);
    }

    /** The entry of what was begun, as another kind. */
    private Entry outcome(long begun, Entry intent, String kind) {
        return new Entry(
                        kind,
                        clock.instant(),
                        intent.digest(),
                        intent.target(),
                        run.or(intent::run),
                        Optional.empty(),
                        intent.more())
                .with(Kinds.OF, begun);
    }

    /**
     * Finds the outcome of what a crash left open at a target, and records it.
     *
     * @param store where the target is
     * @return what was found; empty if nothing was open
     */
    public Optional<String> settle(ImageReference target, ImageStore store)
            throws AirworthyException, InterruptedException {
        if (writer.isEmpty()) {
            return Optional.empty();
        }
        TargetHistory history = at(target);
        Optional<Recorded> open = history.open();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Recorded begun = open.get();
        Optional<Digest> found = store.resolve(target.newTag()).map(Descriptor::digest);
        if (found.equals(begun.entry().digest())) {
            done(begun.index(), Optional.empty());
            return Optional.of("what was begun at " + begun.entry().time() + " was done: " + history.place() + " is "
                    + found.get());
        }
        Entry lost = outcome(begun.index(), begun.entry(), Kinds.LOST);
        write(found.isPresent() ? lost.with(Kinds.FOUND, found.get().toString()) : lost);
        return Optional.of("what was begun at " + begun.entry().time() + " did not happen: " + history.place() + " is "
                + found.map(Digest::toString).orElse("no image"));
    }

    /**
     * Settles what the last process left open, as far as it is among the newest entries and its registry answers; the rest is settled
     * before its target is used again.
     *
     * @return what was found, or why it could not be
     */
    public List<String> settleAll(ImageStores stores) throws AirworthyException, InterruptedException {
        Set<String> places = new LinkedHashSet<>();
        if (writer.isPresent()) {
            for (Recorded recorded : reader.last(SETTLED_AT_START)) {
                if (Kinds.BEGUN.contains(recorded.entry().kind())) {
                    recorded.entry().target().ifPresent(places::add);
                }
            }
        }
        List<String> told = new ArrayList<>();
        for (String place : places) {
            try {
                settle(place, stores).ifPresent(told::add);
            } catch (AirworthyException e) {
                told.add(place + ": it is not known yet whether its tag was moved: " + e.getMessage());
            }
        }
        return told;
    }

    @SuppressWarnings("try") // the lock is held, not used
    private Optional<String> settle(String place, ImageStores stores) throws AirworthyException, InterruptedException {
        ImageReference target = ImageReference.parse(place);
        try (Lock ignored = lock(target);
                ImageStore store = stores.open(target)) {
            return settle(target, store);
        }
    }

    /** Holds an image at a target: it is not promoted there until it is reinstated. */
    public void hold(ImageReference target, Digest digest, String reason) throws AirworthyException {
        write(entry(Kinds.HELD).about(digest).at(TargetHistory.place(target)).with(Kinds.REASON, keep(reason)));
    }

    /** Lets an image that is held come back to a target. */
    public void reinstate(ImageReference target, Digest digest, String reason) throws AirworthyException {
        if (at(target).standing(digest).standing() != TargetHistory.Standing.HELD) {
            List<String> held = at(target).held().stream().map(Digest::toString).toList();
            throw new InvalidInputException(digest + " is not held at " + target + ", so nothing is to be reinstated; "
                    + (held.isEmpty() ? "nothing is held there" : "held there: " + String.join(", ", held)));
        }
        write(entry(Kinds.REINSTATED)
                .about(digest)
                .at(TargetHistory.place(target))
                .with(Kinds.REASON, keep(reason)));
    }

    /** The text that an entry names as its reason; empty if it was erased, or the ledger is another's. */
    public Optional<String> reason(Entry entry) throws AirworthyException {
        for (String member : List.of(Kinds.REASON, Kinds.BARRIER)) {
            if (writer.isPresent() && entry.more().has(member)) {
                return writer.get().texts().read(Digest.member(entry.members(), member));
            }
        }
        return Optional.empty();
    }

    private String keep(String text) throws AirworthyException {
        return requireWriter().texts().keep(text).toString();
    }

    private Entry entry(String kind) {
        Entry entry = Entry.of(kind, clock.instant());
        return run.isPresent() ? entry.by(run.get()) : entry;
    }

    private void write(Entry entry) throws AirworthyException {
        requireWriter().append(entry);
    }

    private Ledger requireWriter() throws InvalidInputException {
        return writer.orElseThrow(
                () -> new InvalidInputException("the ledger is only read here: its key is not given"));
    }
}
