package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The in-process state shared by concurrent writers of the list at one tag; dropped with the last writer: every entry that was
 * seen or must be added, the last written list, and whether other processes write it too. All methods but joining and leaving
 * require the lock.
 */
final class SharedList implements AutoCloseable {
    private static final Map<String, SharedList> LISTS = new HashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, TagEntry> entries = new LinkedHashMap<>();
    private final Set<Object> there = new HashSet<>();
    /** Removed entries, which must not be restored by a writer that saw them before. */
    private final Set<Object> dropped = new HashSet<>();

    private final String name;
    private int writers;
    private Optional<Digest> left = Optional.empty();
    private boolean contended;
    private long restored;
    private boolean known;

    private SharedList(String name) {
        this.name = name;
    }

    /** The list with this name; to be closed by each who joined. */
    static SharedList join(String name) {
        synchronized (LISTS) {
            SharedList list = LISTS.computeIfAbsent(name, SharedList::new);
            list.writers++;
            return list;
        }
    }

    @Override
    public void close() {
        synchronized (LISTS) {
            if (--writers == 0) {
                LISTS.remove(name, this);
            }
        }
    }

    ReentrantLock lock() {
        return lock;
    }

    /** An entry that has to be there. */
    void add(TagEntry entry) {
        dropped.remove(entry.key());
        entries.putIfAbsent(entry.key(), entry);
    }

    /** Entries that are not to be there. */
    void drop(Set<?> keys) {
        dropped.addAll(keys);
        entries.keySet().removeAll(keys);
        there.removeAll(keys);
    }

    /** What has to be there and is not, after the list was read; every entry of it is known from now on. */
    List<TagEntry> missing(Optional<Digest> list, List<TagEntry> read) {
        if (known && !list.equals(left)) {
            contended = true;
        }
        known = true;
        left = list;
        Set<Object> present = new HashSet<>();
        for (TagEntry entry : read) {
            present.add(entry.key());
            if (!dropped.contains(entry.key())) {
                entries.putIfAbsent(entry.key(), entry);
            }
        }
        List<TagEntry> missing = new ArrayList<>();
        entries.forEach((key, entry) -> {
            if (!present.contains(key)) {
                missing.add(entry);
                if (there.remove(key)) {
                    contended = true;
                    restored = System.nanoTime();
                }
            }
        });
        there.addAll(present);
        return missing;
    }

    /** The list was written; with every known entry in it. */
    void written(Digest list) {
        left = Optional.of(list);
        there.addAll(entries.keySet());
    }

    /** Records that the registry failed, so that the order of writes is unknown. */
    void failed() {
        contended = true;
        known = false;
    }

    boolean isContended() {
        return contended;
    }

    /** When an entry was last found gone, or {@code otherwise} if that is later or never happened. */
    long restoredAfter(long otherwise) {
        return contended && restored != 0 && restored - otherwise > 0 ? restored : otherwise;
    }
}
