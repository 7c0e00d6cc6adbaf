package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.Utf8;
import io.jenkins.plugins.airworthy.image.http.Proxies;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.tlog.Checkpoint;
import io.jenkins.plugins.airworthy.sign.tlog.InclusionProof;
import io.jenkins.plugins.airworthy.sign.tlog.NoteKey;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A ledger as it is published, in a folder or on a web server, in the state of the checkpoint that it had when it was opened. Only the
 * ledger's public key is believed. It cannot tell an old state from the newest one: compare it with a checkpoint that was seen
 * elsewhere. Thread-safe.
 */
public final class PublishedLedger implements LedgerReader {
    /** How many entries without an index are read for a look-up. */
    static final long MAX_UNINDEXED = 131_072;

    private static final int MAX_NOTE_BYTES = 64 * 1024;

    private final LogSource source;
    private final NoteKey key;
    private final String note;
    private final Checkpoint checkpoint;
    private final Tree tree;
    private final Index index;
    private final Tail tail = new Tail();
    private boolean tailRead;

    private PublishedLedger(LogSource source, NoteKey key, String hint) throws AirworthyException {
        this.source = source;
        this.key = key;
        String what = source + ": checkpoint";
        byte[] bytes = Tree.bytes(source, TilePath.CHECKPOINT, MAX_NOTE_BYTES)
                .orElseThrow(() -> new InvalidInputException(source + hint));
        this.note = Utf8.decode(bytes, what);
        this.checkpoint = key.open(note, what);
        this.tree = Tree.of(checkpoint, source);
        this.index = Index.read(source, key, tree);
    }

    /** Opens a ledger in a folder: the published part, or the folder of a {@link Ledger}. */
    public static PublishedLedger open(Path folder, NoteKey key) throws AirworthyException {
        if (Files.isRegularFile(folder)) {
            throw new InvalidInputException(folder + ": is a file, expected a folder");
        }
        Path log = folder.resolve(Ledger.LOG);
        return new PublishedLedger(
                LogSource.folder(Files.exists(log.resolve(TilePath.CHECKPOINT)) ? log : folder), key, Ledger.NONE_HERE);
    }

    /**
     * Opens a ledger on a web server.
     *
     * @param place an http or https URL, below which {@code checkpoint} is
     */
    public static PublishedLedger open(URI place, NoteKey key, Proxies proxies) throws AirworthyException {
        if (place.getRawAuthority() != null && place.getRawAuthority().contains("@")) {
            throw new InvalidInputException("the URL of a ledger has a user name or a password, which would be shown to"
                    + " everybody who reads a message about it: remove it");
        }
        boolean web = "https".equalsIgnoreCase(place.getScheme()) || "http".equalsIgnoreCase(place.getScheme());
        if (!web || place.getHost() == null || place.getRawQuery() != null || place.getRawFragment() != null) {
            throw new InvalidInputException("'" + place + "' is not the URL of a ledger: expected https://HOST/PATH");
        }
        return new PublishedLedger(
                new WebSource(place, proxies),
                key,
                ": there is no ledger here: it has no checkpoint; the URL must be that of its folder log");
    }

    @Override
    public String origin() {
        return checkpoint.origin();
    }

    @Override
    public long size() {
        return checkpoint.size();
    }

    /** The root hash. */
    public Digest root() {
        return checkpoint.root();
    }

    /** The checkpoint, a signed note. */
    public String checkpoint() {
        return note;
    }

    /** The bytes of an entry, as they are hashed. */
    public byte[] line(long place) throws AirworthyException {
        if (place < 0 || place >= size()) {
            throw new InvalidInputException(source + ": has " + size() + " entries, and no entry " + place);
        }
        return tree.line(place);
    }

    @Override
    public Entry entry(long place) throws AirworthyException {
        return Entry.parse(line(place), source + ": entry " + place);
    }

    @Override
    public void newestFirst(Term term, Visitor visitor) throws AirworthyException {
        index.newestFirst(term, tail().places(term), this, visitor);
    }

    private synchronized Tail tail() throws AirworthyException {
        if (size() - index.covered() > MAX_UNINDEXED) {
            throw new UndecidedException(source + ": its index covers " + index.covered() + " of " + size()
                    + " entries, which is too few to find something: publish the folder 'index' of the ledger with it");
        }
        for (long place = index.covered(); !tailRead && place < size(); place++) {
            tail.index(place, entry(place).terms());
        }
        tailRead = true;
        return tail;
    }

    /** What a checkpoint of this ledger that was seen elsewhere says against it; empty if this one continues it. */
    public Optional<String> contradiction(String seen, String what) throws AirworthyException {
        key.open(seen, what);
        return Anchors.NONE
                .and(List.of(seen), key, origin(), size(), at -> tree.range(0, at))
                .problem();
    }

    /** What a checkpoint that was seen elsewhere has that this ledger has not, also if it was continued since; empty if all is here. */
    public Optional<String> missing(String seen, String what) throws AirworthyException {
        Checkpoint old = key.open(seen, what);
        Optional<String> problem = contradiction(seen, what);
        if (problem.isPresent()
                || (old.size() <= size()
                        && Arrays.equals(tree.range(0, old.size()), old.root().bytes()))) {
            return problem;
        }
        return Optional.of(what + ": the checkpoint of " + old.size() + " entries of " + old.origin()
                + " is not contained in this ledger, which was continued since without what is lost");
    }

    /** A proof that an entry is in the tree of the checkpoint, as <a href="https://c2sp.org/tlog-proof">tlog-proof</a>. */
    public String proof(long place) throws AirworthyException {
        byte[] line = line(place);
        List<byte[]> path = path(place, 0, size());
        InclusionProof proof = new InclusionProof(
                place,
                size(),
                checkpoint.root(),
                path.stream()
                        .map(hash -> new Digest(HexFormat.of().formatHex(hash)))
                        .toList());
        if (!proof.proves(line)) {
            throw new InvalidInputException(source + ": entry " + place + " cannot be proven");
        }
        StringBuilder text = new StringBuilder("c2sp.org/tlog-proof@v1\nindex " + place + "\n");
        path.forEach(
                hash -> text.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
        return text + "\n" + note;
    }

    private List<byte[]> path(long place, long low, long high) throws AirworthyException {
        if (high - low == 1) {
            return new ArrayList<>();
        }
        long split = low + Long.highestOneBit(high - low - 1);
        boolean left = place < split;
        List<byte[]> path = left ? path(place, low, split) : path(place, split, high);
        path.add(left ? tree.range(split, high) : tree.range(low, split));
        return path;
    }

    /** Hashes everything. */
    public Verification verify() throws AirworthyException {
        return Verification.of(source, tree, index);
    }
}
