package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.sign.tlog.TreeHash;

import java.util.ArrayList;
import java.util.List;

/** The hashes of a tree's partial tiles, from the leaves up: all that is needed to add to it. Not thread-safe. */
final class RightEdge {
    private final List<List<byte[]>> levels = new ArrayList<>();
    private long size;

    RightEdge() {}

    /** @param levels hashes of the partial tile of each level */
    RightEdge(long size, List<List<byte[]>> levels) {
        this.size = size;
        levels.forEach(level -> this.levels.add(new ArrayList<>(level)));
    }

    RightEdge copy() {
        return new RightEdge(size, levels);
    }

    /** Gets a tile that became full. */
    @FunctionalInterface
    interface Filled {
        void tile(int level, long number, List<byte[]> hashes);
    }

    void add(byte[] leaf, Filled filled) {
        add(0, leaf, filled);
        size++;
    }

    private void add(int level, byte[] hash, Filled filled) {
        if (level == levels.size()) {
            levels.add(new ArrayList<>());
        }
        List<byte[]> hashes = levels.get(level);
        hashes.add(hash);
        if (hashes.size() == TilePath.WIDTH) {
            filled.tile(level, size >> (TilePath.HEIGHT * (level + 1)), List.copyOf(hashes));
            byte[] above = TreeHash.root(hashes);
            hashes.clear();
            add(level + 1, above, filled);
        }
    }

    long size() {
        return size;
    }

    /** The hashes of the partial tile of each level, none where it is empty. */
    List<List<byte[]>> levels() {
        return levels.stream().map(List::copyOf).toList();
    }

    byte[] root() {
        List<byte[]> below = List.of();
        for (List<byte[]> level : levels) {
            List<byte[]> row = new ArrayList<>(level);
            row.addAll(below);
            below = row.isEmpty() ? row : List.of(TreeHash.root(row));
        }
        return TreeHash.root(below);
    }
}
