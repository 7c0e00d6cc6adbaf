package io.jenkins.plugins.airworthy.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest entries, in memory: those whose bundle is not full or not written yet, and their terms. Thread-safe. */
final class Tail {
    private final Map<Long, List<Long>> terms = new HashMap<>();
    private List<byte[]> lines = new ArrayList<>();
    private long first;

    synchronized void start(long index) {
        first = index;
    }

    synchronized void add(byte[] line, List<Term> found) {
        index(first + lines.size(), found);
        lines.add(line);
    }

    synchronized void index(long index, List<Term> found) {
        for (Term term : found) {
            terms.computeIfAbsent(term.hash(), hash -> new ArrayList<>()).add(index);
        }
    }

    /** The entry, if it is here. */
    synchronized Optional<byte[]> line(long index) {
        return index < first || index >= first + lines.size()
                ? Optional.empty()
                : Optional.of(lines.get((int) (index - first)));
    }

    /** The entries from one index to before another, which are all here. */
    synchronized List<byte[]> lines(long from, long to) {
        return List.copyOf(lines.subList((int) (from - first), (int) (to - first)));
    }

    /** Where entries with this term may be, oldest first. */
    synchronized List<Long> places(Term term) {
        return List.copyOf(terms.getOrDefault(term.hash(), List.of()));
    }

    /** The postings of entries before this index. */
    synchronized List<Posting> postingsBefore(long index) {
        List<Posting> found = new ArrayList<>();
        terms.forEach((hash, places) ->
                places.stream().filter(place -> place < index).forEach(place -> found.add(new Posting(hash, place))));
        return found;
    }

    /** Forgets the terms of entries before this index. */
    synchronized void forgetTermsBefore(long index) {
        terms.values().forEach(places -> places.removeIf(place -> place < index));
        terms.values().removeIf(List::isEmpty);
    }

    /** Forgets the bytes of entries before this index. */
    synchronized void forgetBefore(long index) {
        lines = new ArrayList<>(lines.subList((int) (index - first), lines.size()));
        first = index;
    }
}
