package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.Utf8;
import io.jenkins.plugins.airworthy.sign.tlog.Checkpoint;
import io.jenkins.plugins.airworthy.sign.tlog.NoteSigner;
import io.jenkins.plugins.airworthy.sign.tlog.TreeHash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Writes the files of a log: first what a checkpoint is about, then the checkpoint. A crash leaves the checkpoint before it, of which
 * nothing is ever changed. Not thread-safe, except for {@link #tree} and {@link #note}.
 */
final class LogWriter {
    private static final int MAX_NOTE_BYTES = 64 * 1024;

    private final NoteSigner signer;
    private final LogSource source;
    private final DurableFolder files;
    private final RightEdge edge;
    private final List<Tile> full = new ArrayList<>();
    private volatile Tree tree;
    private volatile String note;
    private volatile String origin;

    /** A tile that became full since the last checkpoint. */
    private record Tile(int level, long number, List<byte[]> hashes) {}

    private LogWriter(NoteSigner signer, LogSource source, DurableFolder files, Tree tree, String note, String origin) {
        this.signer = signer;
        this.source = source;
        this.files = files;
        this.tree = tree;
        this.edge = tree.edge();
        this.note = note;
        this.origin = origin;
    }

    /** @param journal a file that is there if the log was there before */
    static LogWriter open(Path folder, Path journal, NoteSigner signer) throws AirworthyException, IOException {
        LogSource source = LogSource.folder(folder);
        DurableFolder files = new DurableFolder(folder);
        String own = signer.publicKey().name();
        Optional<byte[]> found = Tree.bytes(source, TilePath.CHECKPOINT, MAX_NOTE_BYTES);
        if (found.isPresent()) {
            String what = source + ": checkpoint";
            String note = Utf8.decode(found.get(), what);
            Checkpoint checkpoint = signer.publicKey().open(note, what);
            return new LogWriter(signer, source, files, Tree.of(checkpoint, source), note, checkpoint.origin());
        }
        if (isRest(folder, journal)) {
            throw new InvalidInputException(
                    source + ": the checkpoint is missing: restore it, with all else, from a copy");
        }
        LogWriter fresh = new LogWriter(signer, source, files, new Tree(source, new RightEdge()), "", own);
        fresh.writeCheckpoint(own);
        return fresh;
    }

    /** Whether something is there of a log, whatever became of its checkpoint. */
    static boolean isRest(Path folder, Path journal) {
        return Files.exists(folder.resolve("tile")) || Files.exists(journal);
    }

    /** The origin of the last checkpoint. */
    String origin() {
        return origin;
    }

    /** The tree of the last checkpoint. */
    Tree tree() {
        return tree;
    }

    /** The last checkpoint. */
    String note() {
        return note;
    }

    /** How many entries the tree of the next checkpoint has. */
    long size() {
        return edge.size();
    }

    /** Adds the hash of an entry to the tree of the next checkpoint. */
    void add(byte[] leaf) {
        edge.add(leaf, (level, number, hashes) -> full.add(new Tile(level, number, hashes)));
    }

    /**
     * Writes a checkpoint of all that was added, unless there is none to write.
     *
     * @param tail has all entries that the last checkpoint has no full bundle of
     */
    String publish(String as, Tail tail) throws IOException {
        if (edge.size() == tree.size() && as.equals(origin)) {
            return note;
        }
        requireOwn();
        long first = tree.size() / TilePath.WIDTH;
        for (long number = first; number * TilePath.WIDTH < edge.size(); number++) {
            long from = number * TilePath.WIDTH;
            long to = Math.min(edge.size(), from + TilePath.WIDTH);
            files.write(TilePath.entries(number, (int) (to - from)), EntryBundle.write(tail.lines(from, to)));
        }
        for (Tile tile : full) {
            files.write(TilePath.tile(tile.level, tile.number, TilePath.WIDTH), bytes(tile.hashes));
        }
        List<List<byte[]>> levels = edge.levels();
        for (int level = 0; level < levels.size(); level++) {
            List<byte[]> hashes = levels.get(level);
            if (!hashes.isEmpty()) {
                long number = edge.size() >> (TilePath.HEIGHT * (level + 1));
                files.write(TilePath.tile(level, number, hashes.size()), bytes(hashes));
            }
        }
        files.sync();
        writeCheckpoint(as);
        tree = new Tree(source, edge);
        tail.forgetBefore(edge.size() / TilePath.WIDTH * TilePath.WIDTH);
        deletePartial(first);
        return note;
    }

    /** A lock that somebody deleted keeps no second writer away, whose entries would be lost here. */
    private void requireOwn() throws IOException {
        byte[] own = note.getBytes(StandardCharsets.UTF_8);
        Path file = files.path(TilePath.CHECKPOINT);
        if (Files.size(file) != own.length || !Arrays.equals(Files.readAllBytes(file), own)) {
            throw new IOException(file + ": is not the one that this process wrote: a ledger has one writer");
        }
    }

    private void writeCheckpoint(String as) throws IOException {
        String root = Base64.getEncoder().encodeToString(edge.root());
        String fresh = signer.sign(as, as + "\n" + edge.size() + "\n" + root + "\n");
        files.write(TilePath.CHECKPOINT, fresh.getBytes(StandardCharsets.UTF_8));
        files.sync();
        note = fresh;
        origin = as;
    }

    /** Deletes the partial forms of what is full now, which nobody needs. */
    private void deletePartial(long first) {
        try {
            for (long number = first; number < edge.size() / TilePath.WIDTH; number++) {
                files.delete(TilePath.entries(number, TilePath.WIDTH) + ".p");
            }
            for (Tile tile : full) {
                files.delete(TilePath.tile(tile.level, tile.number, TilePath.WIDTH) + ".p");
            }
        } catch (IOException e) {
            return; // they may stay
        } finally {
            full.clear();
        }
    }

    private static byte[] bytes(List<byte[]> hashes) {
        ByteBuffer out = ByteBuffer.allocate(hashes.size() * TreeHash.BYTES);
        hashes.forEach(out::put);
        return out.array();
    }
}
