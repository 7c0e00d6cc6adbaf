package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.sign.tlog.Checkpoint;
import io.jenkins.plugins.airworthy.sign.tlog.TreeHash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tree of a checkpoint over the files of a log. Whatever it gives was hashed up to the tree's right edge, and that edge to the root
 * hash of the checkpoint. Thread-safe.
 */
final class Tree {
    private static final int CACHED_TILES = 64;

    private final LogSource source;
    private final long size;
    private final List<List<byte[]>> edge;
    private final Map<String, List<byte[]>> tiles = new LinkedHashMap<>(CACHED_TILES, 1, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<byte[]>> eldest) {
            return size() > CACHED_TILES;
        }
    };

    private long bundleNumber = -1;
    private List<byte[]> bundle = List.of();

    /** @param edge a right edge whose root is known to be the tree's */
    Tree(LogSource source, RightEdge edge) {
        this.source = source;
        this.size = edge.size();
        this.edge = edge.levels();
    }

    /** The tree of this checkpoint, whose signature the caller has verified. */
    static Tree of(Checkpoint checkpoint, LogSource source) throws AirworthyException {
        List<List<byte[]>> levels = new ArrayList<>();
        for (long rest = checkpoint.size(); rest > 0; rest >>= TilePath.HEIGHT) {
            int width = (int) (rest % TilePath.WIDTH);
            levels.add(width == 0 ? List.of() : partial(source, levels.size(), rest / TilePath.WIDTH, width));
        }
        RightEdge edge = new RightEdge(checkpoint.size(), levels);
        if (!Arrays.equals(edge.root(), checkpoint.root().bytes())) {
            throw new InvalidInputException(source + ": the tiles at the right edge do not lead to the root hash of the"
                    + " checkpoint of " + checkpoint.size() + " entries");
        }
        return new Tree(source, edge);
    }

    private static List<byte[]> partial(LogSource source, int level, long number, int width) throws AirworthyException {
        String name = TilePath.tile(level, number, width);
        Optional<byte[]> found = bytes(source, name, width * TreeHash.BYTES);
        if (found.isPresent()) {
            return hashes(source, name, found.get(), width);
        }
        String full =
                TilePath.tile(level, number, TilePath.WIDTH); // a log may delete partial tiles once it has the full one
        Optional<byte[]> instead = bytes(source, full, TilePath.WIDTH * TreeHash.BYTES);
        if (instead.isEmpty()) {
            throw missing(source, name);
        }
        return hashes(source, full, instead.get(), TilePath.WIDTH).subList(0, width);
    }

    long size() {
        return size;
    }

    RightEdge edge() {
        return new RightEdge(size, edge);
    }

    /** The bytes of an entry. */
    byte[] line(long index) throws AirworthyException {
        return bundle(index / TilePath.WIDTH).get((int) (index % TilePath.WIDTH));
    }

    /** The entries of a bundle, the last one in the state of this tree. */
    synchronized List<byte[]> bundle(long number) throws AirworthyException {
        if (number != bundleNumber) {
            bundle = readBundle(number);
            bundleNumber = number;
        }
        return bundle;
    }

    private List<byte[]> readBundle(long number) throws AirworthyException {
        int width = (int) Math.min(TilePath.WIDTH, size - number * TilePath.WIDTH);
        String name = TilePath.entries(number, width);
        Optional<byte[]> found = bytes(source, name, EntryBundle.MAX_BYTES);
        int count = width;
        if (found.isEmpty() && width < TilePath.WIDTH) {
            name = TilePath.entries(number, TilePath.WIDTH);
            found = bytes(source, name, EntryBundle.MAX_BYTES);
            count = TilePath.WIDTH;
        }
        byte[] content = found.orElseThrow(() -> missing(source, TilePath.entries(number, width)));
        Optional<List<byte[]>> read = EntryBundle.read(content, count);
        if (read.isEmpty()) {
            throw new InvalidInputException(source + ": " + name + ": is not a bundle of " + count + " entries, from "
                    + number * TilePath.WIDTH);
        }
        List<byte[]> entries = read.get().subList(0, width);
        check(number, entries.stream().map(TreeHash::leaf).toList());
        return entries;
    }

    private void check(long number, List<byte[]> leaves) throws AirworthyException {
        if (leaves.size() == TilePath.WIDTH && Arrays.equals(TreeHash.root(leaves), subtree(TilePath.HEIGHT, number))) {
            return;
        }
        List<byte[]> expected = tile(0, number);
        for (int i = 0; i < leaves.size(); i++) {
            if (!Arrays.equals(leaves.get(i), expected.get(i))) {
                throw new InvalidInputException(source + ": entry " + (number * TilePath.WIDTH + i)
                        + " is not the one that was recorded: its hash is not in the tree");
            }
        }
    }

    /** The hash of a complete subtree of 2^height leaves. */
    byte[] subtree(int height, long number) throws AirworthyException {
        int within = height % TilePath.HEIGHT;
        long first = number << within;
        int place = (int) (first % TilePath.WIDTH);
        return TreeHash.root(
                tile(height / TilePath.HEIGHT, first / TilePath.WIDTH).subList(place, place + (1 << within)));
    }

    /** The hash of the tree over the entries from {@code low} to before {@code high}, as RFC 6962 splits it. */
    byte[] range(long low, long high) throws AirworthyException {
        long count = high - low;
        if (count == 0) {
            return TreeHash.root(List.of());
        }
        if (Long.bitCount(count) == 1) {
            int height = Long.numberOfTrailingZeros(count);
            return subtree(height, low >> height);
        }
        long left = Long.highestOneBit(count);
        return TreeHash.node(range(low, low + left), range(low + left, high));
    }

    /** The hashes of a tile, the last one of a level in the state of this tree. */
    List<byte[]> tile(int level, long number) throws AirworthyException {
        if (number == size >> (TilePath.HEIGHT * (level + 1))) {
            return edge.get(level);
        }
        String name = TilePath.tile(level, number, TilePath.WIDTH);
        synchronized (tiles) {
            List<byte[]> known = tiles.get(name);
            if (known != null) {
                return known;
            }
        }
        byte[] content = bytes(source, name, TilePath.WIDTH * TreeHash.BYTES).orElseThrow(() -> missing(source, name));
        List<byte[]> read = hashes(source, name, content, TilePath.WIDTH);
        byte[] above = tile(level + 1, number / TilePath.WIDTH).get((int) (number % TilePath.WIDTH));
        if (!Arrays.equals(TreeHash.root(read), above)) {
            long width = 1L << (TilePath.HEIGHT * (level + 1));
            throw new InvalidInputException(source + ": " + name + ": does not lead to the tree's hash; it is about the"
                    + " entries " + number * width + " to " + ((number + 1) * width - 1));
        }
        synchronized (tiles) {
            tiles.put(name, read);
        }
        return read;
    }

    private static List<byte[]> hashes(LogSource source, String name, byte[] content, int width)
            throws InvalidInputException {
        if (content.length != width * TreeHash.BYTES) {
            throw new InvalidInputException(
                    source + ": " + name + ": has " + content.length + " bytes, expected " + width * TreeHash.BYTES);
        }
        List<byte[]> hashes = new ArrayList<>();
        for (int at = 0; at < content.length; at += TreeHash.BYTES) {
            hashes.add(Arrays.copyOfRange(content, at, at + TreeHash.BYTES));
        }
        return List.copyOf(hashes);
    }

    static Optional<byte[]> bytes(LogSource source, String name, int maxBytes) throws UndecidedException {
        try {
            return source.read(name, maxBytes);
        } catch (IOException e) {
            throw new UndecidedException(source + ": " + name + ": could not be read: " + e.getMessage(), e);
        }
    }

    static InvalidInputException missing(LogSource source, String name) {
        return new InvalidInputException(source + ": " + name + ": is missing");
    }
}
