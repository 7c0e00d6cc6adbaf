package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes the list at a tag that other programs change too. Nothing guards such a tag against two writers, so each looks again after
 * writing, for as long as {@link TagWritePolicy} says, and puts back whatever it has ever seen there that is gone. What others
 * wrote, known or not, is kept. Refuses to report success before that time is over, and gives up in the end.
 */
public final class SharedTagWriter {
    private final String name;
    private final SharedTag tag;
    private final TagWritePolicy policy;

    /**
     * Creates a writer.
     *
     * @param name repository and tag; writers of one process with the same name share what they saw
     */
    public SharedTagWriter(String name, SharedTag tag, TagWritePolicy policy) {
        this.name = name;
        this.tag = tag;
        this.policy = policy;
    }

    /**
     * Adds entries, and ends when they stay there.
     *
     * @return the list that the tag stands for then
     */
    public Manifest add(List<TagEntry> entries) throws AirworthyException, InterruptedException {
        return settle(entries, Set.of()).orElseThrow();
    }

    /** Takes entries off the list, and ends when they stay away. */
    public void remove(Set<?> keys) throws AirworthyException, InterruptedException {
        settle(List.of(), keys);
    }

    private Optional<Manifest> settle(List<TagEntry> added, Set<?> removed)
            throws AirworthyException, InterruptedException {
        try (SharedList list = SharedList.join(name)) {
            TagWriteEntry settling = new TagWriteEntry(policy, list);
            int failures = 0;
            while (!settling.isOver()) {
                Optional<Manifest> there;
                list.lock().lockInterruptibly();
                try {
                    settling.looking();
                    added.forEach(list::add);
                    list.drop(removed);
                    there = tag.read();
                    Optional<UndecidedException> failure = visit(there, removed, list, settling);
                    failures = failure.isPresent() ? failures + 1 : 0;
                    if (failures >= policy.attempts()) {
                        throw failure.get();
                    }
                } finally {
                    list.lock().unlock();
                }
                if (settling.isSettled()) {
                    return there;
                }
                settling.pause();
            }
        }
        throw new UndecidedException("could not change the evidence at " + name + ": for "
                + policy.longest().toSeconds()
                + " s other writers changed the tag so that entries got lost; try again when they are done");
    }

    /** Writes what is missing; a failure that may pass is told, and the list is read again. */
    private Optional<UndecidedException> visit(
            Optional<Manifest> there, Set<?> removed, SharedList list, TagWriteEntry settling)
            throws AirworthyException, InterruptedException {
        List<TagEntry> entries = new ArrayList<>(there.isPresent() ? tag.entries(there.get()) : List.of());
        List<TagEntry> missing = list.missing(there.map(Manifest::digest), entries);
        boolean hadRemoved = entries.removeIf(entry -> removed.contains(entry.key()));
        if (missing.isEmpty() && !hadRemoved) {
            settling.found();
            return Optional.empty();
        }
        entries.addAll(missing);
        Manifest next = tag.with(there, entries);
        Optional<UndecidedException> failure = tag.write(there, next);
        if (failure.isPresent()) {
            list.failed();
        } else {
            list.written(next.digest());
        }
        settling.wrote();
        return failure;
    }
}
