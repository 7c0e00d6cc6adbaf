package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.AirworthyException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What may be asked of a ledger, the own one or a published one. Every entry that is given was hashed against the tree; one that does not
 * fit, and one that cannot be read, is a failure and never left out. Thread-safe.
 */
public interface LedgerReader {
    /**
     * An entry and its place.
     *
     * @param index from 0
     */
    record Recorded(long index, Entry entry) {}

    /** Gets entries until it has enough. */
    @FunctionalInterface
    interface Visitor {
        /** Returns whether to go on. */
        boolean visit(Recorded recorded) throws AirworthyException;
    }

    /** The name in checkpoints. */
    String origin();

    /** How many entries there are. */
    long size();

    /** The entry at this index, which is less than {@link #size}. */
    Entry entry(long index) throws AirworthyException;

    /** All entries with this term, newest first. */
    void newestFirst(Term term, Visitor visitor) throws AirworthyException;

    /** The newest entries with this term, newest first. */
    default List<Recorded> find(Term term, int limit) throws AirworthyException {
        List<Recorded> found = new ArrayList<>();
        if (limit > 0) {
            newestFirst(term, recorded -> {
                found.add(recorded);
                return found.size() < limit;
            });
        }
        return List.copyOf(found);
    }

    /** The newest entry with this term for which the condition holds. */
    default Optional<Recorded> newest(Term term, Predicate<Entry> condition) throws AirworthyException {
        List<Recorded> found = new ArrayList<>();
        newestFirst(term, recorded -> {
            if (condition.test(recorded.entry())) {
                found.add(recorded);
            }
            return found.isEmpty();
        });
        return found.stream().findFirst();
    }

    /** The entries from one index on, oldest first, at most so many. */
    default List<Recorded> from(long first, int limit) throws AirworthyException {
        List<Recorded> read = new ArrayList<>();
        long end = Math.min(size(), first + limit);
        for (long index = Math.max(0, first); index < end; index++) {
            read.add(new Recorded(index, entry(index)));
        }
        return List.copyOf(read);
    }

    /** The last entries, newest first. */
    default List<Recorded> last(int limit) throws AirworthyException {
        List<Recorded> read = new ArrayList<>();
        for (long index = size() - 1; index >= 0 && read.size() < limit; index--) {
            read.add(new Recorded(index, entry(index)));
        }
        return List.copyOf(read);
    }
}
