package io.jenkins.plugins.airworthy.image.store;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** One entry on its way to stay: when it was written, when it was seen, and when to look again. */
final class TagWriteEntry {
    /** How far the random part of a pause may grow, as a power of two, when writers get in each other's way. */
    private static final int MAX_DOUBLINGS = 6;

    private final TagWritePolicy settling;
    private final SharedList list;
    private final long began = System.nanoTime();
    private long lookedAt;
    private long writtenAt;
    private long took = 1;
    private long pause;
    private int writes;
    private boolean present;

    TagWriteEntry(TagWritePolicy settling, SharedList list) {
        this.settling = settling;
        this.list = list;
    }

    /** The list is about to be read. */
    void looking() {
        lookedAt = System.nanoTime();
        present = false;
    }

    /** The entry was there, and with it all others that had to be. */
    void found() {
        present = true;
        if (writes == 0) {
            wrote(); // another writer, which may be one that does not look again
            present = true;
        }
        pause = Math.min(2 * pause, settling.longestPause().toNanos());
    }

    /** The list was written, or may have been. */
    void wrote() {
        writes++;
        writtenAt = System.nanoTime();
        took = Math.max(took, writtenAt - lookedAt);
        long spread = writes == 1 ? took : took << Math.min(writes, MAX_DOUBLINGS);
        pause = 2 * took + ThreadLocalRandom.current().nextLong(spread + 1);
    }

    boolean hasWritten() {
        return writes > 0;
    }

    boolean isSettled() {
        return present && left(lookedAt) <= 0;
    }

    boolean isOver() {
        return System.nanoTime() - began > settling.longest().toNanos();
    }

    void pause() throws InterruptedException {
        long longest = settling.longestPause().toNanos();
        long untilEnd = present || writes == 1 ? Math.max(left(System.nanoTime()), 0) : longest;
        Thread.sleep(Duration.ofNanos(Math.min(Math.min(pause, longest), untilEnd))
                .plusMillis(1)
                .toMillis());
    }

    /** How long the entry has yet to be looked at, from a moment on. */
    private long left(long from) {
        Duration least = list.isContended() ? settling.contended() : settling.alone();
        long needed = Math.max(least.toNanos(), settling.multiple() * took);
        return needed - (from - list.restoredAfter(writtenAt));
    }
}
