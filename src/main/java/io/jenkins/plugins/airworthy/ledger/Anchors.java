package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.sign.tlog.Checkpoint;
import io.jenkins.plugins.airworthy.sign.tlog.NoteKey;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Compares a ledger with checkpoints of it that were seen elsewhere. Each of two histories is consistent in itself; only such a comparison
 * tells that a ledger was cut, restored from a backup, or written anew.
 *
 * @param problem what the first checkpoint that does not fit says
 * @param largest the one of the longest history that this tree does not continue
 * @param foreign how many this ledger's key did not sign
 */
record Anchors(Optional<String> problem, Optional<Checkpoint> largest, int foreign) {
    static final Anchors NONE = new Anchors(Optional.empty(), Optional.empty(), 0);

    /** The root hash that a tree had with fewer entries. */
    @FunctionalInterface
    interface Roots {
        byte[] at(long size) throws AirworthyException;
    }

    /** These and others that were seen. */
    Anchors and(List<String> notes, NoteKey key, String origin, long size, Roots roots) throws AirworthyException {
        Anchors all = this;
        for (String note : notes) {
            all = all.and(note, key, origin, size, roots);
        }
        return all;
    }

    private Anchors and(String note, NoteKey key, String origin, long size, Roots roots) throws AirworthyException {
        Checkpoint seen;
        try {
            seen = key.open(note, "a checkpoint that was seen elsewhere");
        } catch (InvalidInputException e) {
            return new Anchors(problem, largest, foreign + 1); // whoever can put one there must not stop the ledger
        }
        Optional<String> found = compare(seen, key, origin, size, roots);
        if (found.isEmpty()) {
            return this;
        }
        boolean larger = largest.isEmpty()
                || rank(seen, key) > rank(largest.get(), key)
                || (rank(seen, key) == rank(largest.get(), key)
                        && seen.size() > largest.get().size());
        return new Anchors(problem.or(() -> found), larger ? Optional.of(seen) : largest, foreign);
    }

    private static int rank(Checkpoint seen, NoteKey key) {
        return key.continuation(seen.origin());
    }

    private static Optional<String> compare(Checkpoint seen, NoteKey key, String origin, long size, Roots roots)
            throws AirworthyException {
        int own = key.continuation(origin);
        if (rank(seen, key) < own) {
            return Optional.empty(); // this history was left behind, and an entry says so
        }
        String elsewhere = "a checkpoint of " + seen.size() + " entries of " + seen.origin() + " was seen elsewhere";
        if (rank(seen, key) > own) {
            return Optional.of(elsewhere + ", but this is " + origin + ": it was continued since, and this is a copy");
        }
        if (seen.size() > size) {
            return Optional.of(elsewhere + ", but this ledger has " + size + ": it was cut, or restored from a backup");
        }
        if (!Arrays.equals(roots.at(seen.size()), seen.root().bytes())) {
            return Optional.of(
                    elsewhere + ", and the first " + seen.size() + " entries of this ledger are others: it is a fork");
        }
        return Optional.empty();
    }
}
