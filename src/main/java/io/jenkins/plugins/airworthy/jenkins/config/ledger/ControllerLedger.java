package io.jenkins.plugins.airworthy.jenkins.config.ledger;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.ledger.Entry;
import io.jenkins.plugins.airworthy.ledger.Health;
import io.jenkins.plugins.airworthy.ledger.Ledger;
import io.jenkins.plugins.airworthy.ledger.LedgerReader;
import io.jenkins.plugins.airworthy.sign.tlog.NoteKey;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import jenkins.model.Jenkins;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The controller's ledger, opened once and kept open: everything that is signed or decided is in it first. If it cannot be opened, if it
 * is smaller or other than what was seen of it, or if the clock was set back, nothing is added, and so nothing is signed or promoted.
 * Thread-safe.
 */
public final class ControllerLedger implements AutoCloseable {
    /** The folder of the ledger below {@code $JENKINS_HOME/airworthy}. */
    public static final String FOLDER = "ledger";

    /** The last checkpoint, beside the folder: who restores or empties the folder alone is noticed. */
    static final String SEEN = "ledger-checkpoint";

    private static final String WHERE = "; see Manage Jenkins, Airworthy, Ledger";

    private static ControllerLedger current;

    private final Path home;
    private final KeyPlace place;
    private final Supplier<Optional<URI>> address;
    private final Clock clock;
    private final LedgerNames names;

    private volatile Ledger ledger;
    private volatile NoteKey key;
    private volatile Optional<String> failure = Optional.empty();
    private volatile boolean closed;

    /**
     * A ledger that is opened when it is needed first.
     *
     * @param home the folder for what the controller keeps
     * @param address the controller's address, for the name of a new ledger
     */
    public ControllerLedger(Path home, KeyPlace place, Supplier<Optional<URI>> address, Clock clock) {
        this.home = home;
        this.place = place;
        this.address = address;
        this.clock = clock;
        this.names = new LedgerNames(home.resolve("ledger-names.jsonl"));
    }

    /** This controller's. */
    public static synchronized ControllerLedger current() {
        Path home = Jenkins.get().getRootDir().toPath().resolve("airworthy");
        if (current == null || current.closed || !current.home.equals(home)) {
            current = new ControllerLedger(
                    home, new SecretKeyPlace(), ControllerLedger::addressOfJenkins, Clock.systemUTC());
        }
        return current;
    }

    private static Optional<URI> addressOfJenkins() {
        String url = Jenkins.get().getRootUrl();
        try {
            return Optional.ofNullable(url).map(URI::create).filter(read -> read.getRawAuthority() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The open ledger, for reading.
     *
     * @throws UndecidedException if another controller has it, it cannot be read, was changed, or it or its key is gone
     */
    public Ledger open() throws AirworthyException {
        Ledger opened = ledger;
        return opened == null ? openNow() : opened;
    }

    /** The open ledger, as the ground of a decision: refuses one that is smaller or other than what was seen of it. */
    LedgerReader sound() throws AirworthyException {
        Ledger opened = open();
        Optional<String> tree = opened.health().tree();
        if (tree.isPresent()) {
            throw new UndecidedException("the record of signatures decides nothing: " + tree.get() + WHERE);
        }
        return opened;
    }

    private synchronized Ledger openNow() throws AirworthyException {
        if (ledger == null) {
            if (closed) {
                throw new UndecidedException("the ledger is closed: Jenkins shuts down");
            }
            try {
                ledger = begin();
                failure = Optional.empty();
            } catch (IOException e) {
                UndecidedException told = new UndecidedException(
                        home.resolve(FOLDER) + ": the ledger could not be opened, so nothing is signed or promoted: "
                                + e.getMessage(),
                        e);
                failure = Optional.of(told.getMessage());
                throw told;
            } catch (AirworthyException e) {
                failure = Optional.of(e.getMessage());
                throw new UndecidedException("nothing is signed, judged or promoted: " + e.getMessage(), e);
            }
        }
        return ledger;
    }

    private Ledger begin() throws AirworthyException, IOException {
        Optional<byte[]> stored = place.load();
        Optional<String> seen = seen();
        boolean there = Files.exists(home.resolve(FOLDER).resolve(Ledger.LOG).resolve("checkpoint"));
        NoteSigner signer;
        if (stored.isPresent()) {
            signer = LedgerKey.read(stored.get(), "the ledger's key in Jenkins' secrets");
            if (!there && seen.isEmpty()) {
                throw gone("its key is there, but the ledger and " + SEEN + " are gone");
            }
        } else if (seen.isPresent()) {
            throw gone("the ledger is there, but not its key, " + SecretKeyPlace.ID + " in $JENKINS_HOME/secrets");
        } else {
            putAsideUnfinished();
            signer = LedgerKey.generate(address.get());
        }
        Ledger opened = Ledger.open(
                home.resolve(FOLDER), signer, clock, seen.map(List::of).orElse(List.of()));
        boolean done = false;
        try {
            if (stored.isEmpty()) {
                opened.checkpoint();
                place.store(LedgerKey.write(signer));
            }
            key = signer.publicKey();
            if (opened.health().tree().isEmpty()) {
                new OldRecords(home, opened, naming(opened), clock).take();
                remember(opened.checkpoint());
            }
            done = true;
            return opened;
        } finally {
            if (!done) {
                opened.close();
            }
        }
    }

    private InvalidInputException gone(String what) {
        return new InvalidInputException(home.resolve(FOLDER) + ": " + what
                + ": nothing is signed or promoted until both are restored from a backup");
    }

    /** A first start that a crash ended before the key was kept: nothing was signed then. */
    private void putAsideUnfinished() throws IOException {
        Path folder = home.resolve(FOLDER);
        if (Files.exists(folder)) {
            Files.move(folder, folder.resolveSibling(FOLDER + ".unfinished-" + clock.millis()));
        }
    }

    private Optional<String> seen() throws IOException {
        Path file = home.resolve(SEEN);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    private OldRecords.Naming naming(Ledger opened) {
        return new OldRecords.Naming() {
            @Override
            public String idOfRun(String run) throws AirworthyException {
                return names.idOfRun(run);
            }

            @Override
            public String idOfKey(String name) throws AirworthyException {
                return names.idOfKey(name);
            }

            @Override
            public Digest keep(String by, String reason) throws AirworthyException {
                return kept(opened, by, reason);
            }
        };
    }

    private static Digest kept(Ledger opened, String by, String reason) throws AirworthyException {
        return opened.texts()
                .keep(StrictJson.object().put("by", by).put("reason", reason).toString());
    }

    /** Keeps who did something, and why, beside the entries, and returns the digest by which an entry names it. */
    public Digest keep(String by, String reason) throws AirworthyException {
        return kept(good(), by, reason);
    }

    /** The names beside the entries. */
    public LedgerNames names() {
        return names;
    }

    /** Adds an entry and returns its index once it is on the disk; what it tells must not be done if this fails. */
    public long append(Entry entry) throws AirworthyException {
        return good().append(entry);
    }

    /** Refuses if nothing may be signed or promoted now, and says why and what to do. */
    public void requireGood() throws AirworthyException {
        good();
    }

    private Ledger good() throws AirworthyException {
        Ledger opened = open();
        Health health = opened.health();
        if (health.disk().isPresent()) {
            checkpoint();
            health = opened.health();
        }
        if (!health.isGood()) {
            throw new UndecidedException("the ledger allows nothing to be signed or promoted: "
                    + String.join("; ", health.problems()) + WHERE);
        }
        return opened;
    }

    /** Writes a checkpoint of all entries, and remembers it outside of the ledger's folder. */
    public String checkpoint() throws AirworthyException {
        Ledger opened = open();
        return remembered(opened.checkpoint());
    }

    private String remembered(String note) throws UndecidedException {
        try {
            remember(note);
            return note;
        } catch (IOException e) {
            throw new UndecidedException(
                    home.resolve(SEEN) + ": the checkpoint could not be written; check that the disk has room", e);
        }
    }

    private void remember(String note) throws IOException {
        new JsonLines(home.resolve(SEEN), Integer.MAX_VALUE).replace(List.of(note.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a checkpoint if entries came since the last one; does nothing for a ledger that is not open. */
    public void checkpointIfNeeded() throws AirworthyException {
        Ledger opened = ledger;
        if (opened != null && opened.health().tree().isEmpty() && opened.size() > checkpointed(opened)) {
            checkpoint();
        }
    }

    private long checkpointed(Ledger opened) throws AirworthyException {
        return key.open(opened.lastCheckpoint(), "the ledger's checkpoint").size();
    }

    /** Goes on with a ledger that is smaller or other than what was seen of it. */
    public void continueAfter(String by, String reason) throws AirworthyException {
        Ledger opened = open();
        opened.continueAfter(
                StrictJson.object().put("by", by).put("reason", reason).toString());
        checkpoint();
    }

    /** What keeps things from being signed and promoted, as far as is known without opening the ledger. */
    public List<String> problems() {
        Ledger opened = ledger;
        return opened == null ? failure.stream().toList() : opened.health().problems();
    }

    /** The folder of the files that anybody may verify. */
    public Path published() {
        return home.resolve(FOLDER).resolve(Ledger.LOG);
    }

    /** The public key, in the form that other tools take. */
    public Optional<NoteKey> key() {
        return Optional.ofNullable(key);
    }

    /** Writes a last checkpoint and lets other processes write. */
    @Override
    public synchronized void close() throws AirworthyException {
        closed = true;
        Ledger opened = ledger;
        if (opened != null) {
            ledger = null;
            boolean fits = opened.health().tree().isEmpty(); // if not, what was seen must stay
            opened.close();
            if (fits) {
                remembered(opened.lastCheckpoint());
            }
        }
    }
}
