package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.ClockSkew;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.sign.tlog.Checkpoint;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import io.jenkins.plugins.airworthy.sign.tlog.TreeHash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The one writer of a ledger, in a folder of its own: {@code log} is the published tree, {@code journal} has what came since its
 * checkpoint, {@code texts} what is never published. An entry that {@link #append} gave an index for stays, whatever happens to the
 * process. Thread-safe.
 */
public final class Ledger implements LedgerReader, AutoCloseable {
    /** The published part of a ledger's folder. */
    public static final String LOG = "log";

    /** How many entries may wait for a checkpoint that cannot be written. */
    private static final int MAX_WAITING = 65_536;

    /** How many entries {@link #appendAll} takes at once. */
    public static final int MAX_TOGETHER = 1_024;

    /** What to say of a folder without one. */
    public static final String NONE_HERE =
            ": there is no ledger here; 'airworthy ledger begin' begins one, or check the folder";

    static final String CONTINUED = "continued";

    private final NoteSigner signer;
    private final Clock clock;
    private final Path folder;
    private final WriterLock lock;
    private final LogWriter log;
    private final Journal journal;
    private final IndexWriter indexes;
    private final Tail tail = new Tail();
    private final Texts texts;
    private final Object writing = new Object();
    private final Object queue = new Object();

    private Batch open = new Batch();
    private volatile String origin;
    private volatile Index index = Index.NONE;
    private volatile long size;
    private volatile Instant newest = Instant.EPOCH;
    private volatile Anchors anchors = Anchors.NONE;
    private volatile Optional<String> unwritten = Optional.empty();

    private Ledger(Path folder, NoteSigner signer, Clock clock, WriterLock lock)
            throws AirworthyException, IOException {
        this.folder = folder;
        this.signer = signer;
        this.clock = clock;
        this.lock = lock;
        this.log = LogWriter.open(folder.resolve(LOG), folder.resolve("journal"), signer);
        this.indexes = new IndexWriter(folder.resolve(LOG), signer, IndexWriter.SMALLEST);
        this.journal = new Journal(folder.resolve("journal"), signer.secret("the journal of a ledger"));
        this.texts = new Texts(folder.resolve("texts"));
        this.origin = log.origin();
    }

    /**
     * Opens a ledger for writing, and makes it if the folder is empty or not there.
     *
     * @param anchors checkpoints of this ledger that were seen elsewhere, in any order; those that its key did not sign say nothing
     * @throws UndecidedException if another writer has it, or it cannot be read
     * @throws InvalidInputException if it was changed, or is another key's
     */
    public static Ledger open(Path folder, NoteSigner signer, Clock clock, List<String> anchors)
            throws AirworthyException {
        WriterLock lock = null;
        boolean opened = false;
        try {
            Files.createDirectories(folder);
            lock = WriterLock.take(folder.resolve("lock"), clock.instant());
            Ledger ledger = new Ledger(folder, signer, clock, lock);
            ledger.replay();
            ledger.compare(anchors);
            opened = true;
            return ledger;
        } catch (IOException e) {
            throw new UndecidedException(folder + ": the ledger could not be opened: " + e.getMessage(), e);
        } finally {
            if (!opened && lock != null) {
                closeQuietly(lock);
            }
        }
    }

    /** Whether something of a ledger is in a folder, so that {@link #open} does not begin a new one there. */
    public static boolean isThere(Path folder) {
        return Files.exists(folder.resolve(LOG).resolve(TilePath.CHECKPOINT))
                || LogWriter.isRest(folder.resolve(LOG), folder.resolve("journal"));
    }

    private static void closeQuietly(WriterLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            return; // the failure before it is told
        }
    }

    private void replay() throws AirworthyException, IOException {
        Tree tree = log.tree();
        size = tree.size();
        long partial = size / TilePath.WIDTH * TilePath.WIDTH;
        tail.start(partial);
        index = readIndex(tree);
        if (index.covered() > 0) {
            time(parse(index.covered() - 1, tree.line(index.covered() - 1)));
        }
        for (long place = index.covered(); place < partial; place++) {
            Entry entry = parse(place, tree.line(place));
            tail.index(place, entry.terms());
            time(entry);
            extendIndex(place + 1);
        }
        for (long place = partial; place < size; place++) {
            byte[] line = tree.line(place);
            Entry entry = parse(place, line);
            tail.add(line, entry.terms());
            time(entry);
        }
        OptionalLong first = journal.first();
        if (first.isPresent() && first.getAsLong() > size) {
            throw new InvalidInputException(folder + ": the journal begins at entry " + first.getAsLong()
                    + ", and the checkpoint is of " + size + " entries: one of them is from another time");
        }
        long begin = first.orElse(size);
        Journal.Found found = journal.open(begin, tree.range(0, Math.max(0, begin)));
        for (int i = 0; i < found.entries().size(); i++) {
            if (begin + i >= size) {
                byte[] line = found.entries().get(i);
                accept(new Line(line, parse(size, line)));
            }
        }
        if (found.dropped() > 0) {
            appendAll(List.of(Entry.of("cut", clock.instant()).with("bytes", found.dropped())));
        }
    }

    /** An index that was damaged, or is of another history, is written anew from the entries. */
    private Index readIndex(Tree tree) throws AirworthyException {
        try {
            return Index.read(LogSource.folder(folder.resolve(LOG)), signer.publicKey(), tree);
        } catch (InvalidInputException e) {
            return Index.NONE;
        }
    }

    private void extendIndex(long end) throws AirworthyException, IOException {
        while (end - index.covered() >= IndexWriter.SMALLEST) {
            long covered = index.covered() + IndexWriter.SMALLEST;
            index = indexes.add(index, tail.postingsBefore(covered), log.tree());
            tail.forgetTermsBefore(covered);
        }
    }

    /** Takes an entry that is on the disk into the tree. */
    private void accept(Line line) throws AirworthyException {
        tail.add(line.bytes, line.entry.terms());
        log.add(TreeHash.leaf(line.bytes));
        size = log.size();
        if (line.entry.kind().equals(CONTINUED)) {
            origin = line.entry.members().string("origin");
        }
        time(line.entry);
    }

    /** An entry with an earlier time hides no later one, except where an administrator continued the ledger. */
    private void time(Entry entry) {
        if (entry.kind().equals(CONTINUED) || entry.time().isAfter(newest)) {
            newest = entry.time();
        }
    }

    private Entry parse(long place, byte[] line) throws InvalidInputException {
        return Entry.parse(line, folder + ": entry " + place);
    }

    /**
     * Adds an entry and returns its index once it is on the disk. What the entry tells must not be done if this fails.
     *
     * @throws UndecidedException if the disk does not take it, or a checkpoint that was seen elsewhere does not fit this ledger
     */
    public long append(Entry entry) throws AirworthyException {
        return appendAll(List.of(entry));
    }

    /**
     * Adds entries in a row, all or none.
     *
     * @return the index of the first
     */
    public long appendAll(List<Entry> entries) throws AirworthyException {
        if (entries.isEmpty() || entries.size() > MAX_TOGETHER) {
            throw new IllegalArgumentException("1 to " + MAX_TOGETHER + " entries");
        }
        List<Line> lines = new ArrayList<>();
        for (Entry entry : entries) {
            lines.add(new Line(entry.line(), entry));
        }
        Batch mine;
        int place;
        synchronized (queue) {
            if (open.lines.size() + lines.size() > MAX_TOGETHER) {
                open = new Batch(); // whoever began the full one writes it
            }
            mine = open;
            place = mine.lines.size();
            mine.lines.addAll(lines);
        }
        synchronized (writing) { // the first one here writes for all that came meanwhile
            if (!mine.done) {
                synchronized (queue) {
                    if (open == mine) {
                        open = new Batch();
                    }
                }
                write(mine);
            }
        }
        if (mine.failure.isPresent()) {
            throw new UndecidedException(mine.failure.get());
        }
        return mine.first + place;
    }

    private void write(Batch batch) throws AirworthyException {
        batch.done = true;
        batch.first = size;
        Optional<String> refusal = refusal();
        if (refusal.isPresent()) {
            batch.failure = refusal;
            return;
        }
        try {
            journal.append(size, batch.lines.stream().map(line -> line.bytes).toList());
        } catch (IOException e) {
            batch.failure = Optional.of(folder + ": the entry could not be recorded, so what it tells must not happen;"
                    + " check that the disk has room: " + e.getMessage());
            return;
        }
        batch.failure = Optional.empty();
        for (Line line : batch.lines) {
            accept(line);
        }
        if (size - log.tree().size() >= TilePath.WIDTH) {
            try {
                publish();
            } catch (IOException e) {
                unwritten =
                        Optional.of(unwritten(e)); // the entries are in the journal, and the next checkpoint has them
            }
        }
    }

    private Optional<String> refusal() {
        Optional<String> other = anchors.problem()
                .map(problem -> folder + ": nothing is recorded: " + problem
                        + "; an administrator has to look into it and to continue the ledger");
        return other.isPresent() || size - log.tree().size() < MAX_WAITING
                ? other
                : Optional.of(folder + ": nothing is recorded: " + MAX_WAITING + " entries wait for a checkpoint: "
                        + unwritten.orElse(""));
    }

    private String unwritten(IOException e) {
        return folder + ": the checkpoint could not be written: " + e.getMessage();
    }

    /** An entry and the bytes that are hashed. */
    private static final class Line {
        private final byte[] bytes;
        private final Entry entry;

        Line(byte[] bytes, Entry entry) {
            this.bytes = bytes;
            this.entry = entry;
        }
    }

    /** Entries that are written together. */
    private static final class Batch {
        private final List<Line> lines = new ArrayList<>();
        private boolean done;
        private long first;
        private Optional<String> failure = Optional.of("the entry was not recorded");
    }

    /** Writes and returns a checkpoint of all entries, a <a href="https://c2sp.org/tlog-checkpoint">signed note</a>. */
    public String checkpoint() throws AirworthyException {
        synchronized (writing) {
            Optional<String> refusal = anchors.problem().isPresent() ? refusal() : Optional.empty();
            if (refusal.isPresent()) {
                throw new UndecidedException(refusal.get());
            }
            try {
                return publish();
            } catch (IOException e) {
                unwritten = Optional.of(unwritten(e));
                throw new UndecidedException(unwritten(e), e);
            }
        }
    }

    private String publish() throws IOException {
        String note = log.publish(origin, tail);
        unwritten = Optional.empty();
        journal.clear(log.tree().edge().root());
        try {
            extendIndex(log.tree().size());
        } catch (AirworthyException e) {
            unwritten = Optional.of(folder + ": the index could not be written: " + e.getMessage());
        }
        return note;
    }

    /** Compares with more checkpoints of this ledger that were seen elsewhere; {@link #health} says what came of it. */
    public void compare(List<String> notes) throws AirworthyException {
        synchronized (writing) {
            anchors = anchors.and(notes, signer.publicKey(), origin, size, this::root);
        }
    }

    /** Whether a checkpoint is one of this ledger's key. */
    public boolean signed(String note) {
        try {
            signer.publicKey().open(note, "a checkpoint that was seen elsewhere");
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    /** Whether a promotion may rest on this ledger, now. */
    public Health health() {
        Instant now = clock.instant();
        Optional<String> clockProblem = ClockSkew.isFuture(newest, now)
                ? Optional.of("the clock says " + now + ", but the newest entry of the ledger is from " + newest
                        + ": set the clock; if that time is wrong, an administrator can continue the ledger")
                : Optional.empty();
        return new Health(clockProblem, anchors.problem(), unwritten, anchors.foreign());
    }

    /**
     * Goes on with this ledger although a checkpoint that was seen elsewhere does not fit, or the newest entry's time is wrong, with an
     * entry that names that checkpoint or that time. Only in the first case it has a new origin: after a wrong time, it is still compared
     * with all checkpoints that were seen. Times after the entry may be before those of earlier entries.
     *
     * @param reason of the administrator, kept as a text
     * @return the index of the entry
     * @throws InvalidInputException if neither is so
     */
    public long continueAfter(String reason) throws AirworthyException {
        synchronized (writing) {
            Optional<Checkpoint> lost = anchors.largest();
            Instant now = clock.instant();
            boolean early = ClockSkew.isFuture(newest, now);
            if (lost.isEmpty() && !early) {
                throw new InvalidInputException(folder + ": nothing speaks against this ledger");
            }
            Entry entry = Entry.of(CONTINUED, now)
                    .with("origin", lost.isPresent() ? originAfter(lost.get()) : origin)
                    .with("after", origin)
                    .with("afterSize", size);
            if (lost.isPresent()) {
                entry = entry.with("lost", lost.get().origin())
                        .with("lostSize", lost.get().size())
                        .with("lostRoot", lost.get().root().toString());
            }
            if (early) {
                entry = entry.with("newest", newest.toString());
            }
            entry = entry.with("reason", texts.keep(reason).toString());
            Anchors before = anchors;
            anchors = Anchors.NONE;
            try {
                long place = append(entry);
                before = lost.isPresent() ? Anchors.NONE : before;
                checkpoint();
                return place;
            } finally {
                anchors = before;
            }
        }
    }

    private String originAfter(Checkpoint lost) {
        int continuation = Math.max(
                signer.publicKey().continuation(lost.origin()),
                signer.publicKey().continuation(origin));
        return signer.publicKey().name() + "#" + (continuation + 1);
    }

    private byte[] root(long at) throws AirworthyException {
        Tree tree = log.tree();
        if (at <= tree.size()) {
            return tree.range(0, at);
        }
        RightEdge edge = tree.edge();
        for (byte[] line : tail.lines(tree.size(), at)) {
            edge.add(TreeHash.leaf(line), (level, number, hashes) -> {});
        }
        return edge.root();
    }

    /** Names and reasons beside the entries. */
    public Texts texts() {
        return texts;
    }

    /** The newest checkpoint that was written. */
    public String lastCheckpoint() {
        return log.note();
    }

    @Override
    public String origin() {
        return origin;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public Entry entry(long place) throws AirworthyException {
        if (place < 0 || place >= size) {
            throw new InvalidInputException(folder + ": has " + size + " entries, and no entry " + place);
        }
        Optional<byte[]> line = tail.line(place);
        return parse(place, line.isPresent() ? line.get() : log.tree().line(place));
    }

    @Override
    public void newestFirst(Term term, Visitor visitor) throws AirworthyException {
        List<Long> newer = tail.places(term); // before the index: what moves there meanwhile is in both
        index.newestFirst(term, newer, this, visitor);
    }

    /** Writes a last checkpoint, if it can, and lets others write. */
    @Override
    public void close() throws AirworthyException {
        synchronized (writing) {
            try (lock;
                    journal) {
                if (anchors.problem().isEmpty()) {
                    publish();
                }
            } catch (IOException e) {
                throw new UndecidedException(unwritten(e), e);
            }
        }
    }
}
