package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.UndecidedException;

import java.util.concurrent.Semaphore;

/**
 * Limits the memory of this process that evidence may take, over all concurrent verdicts.
 * Refuses evidence that is too large instead of running out of memory.
 */
final class EvidenceMemoryLimit {
    /** Memory of a bundle while it is judged, as a multiple of its size: its bytes, characters, text, payload and statement. */
    static final int JUDGING = 10;

    /** Memory of a parsed statement, as a multiple of its size. */
    static final int HOLDING = 6;

    private static final int UNIT = 1024;
    private static final long HEAP = Runtime.getRuntime().maxMemory();

    /** Half of the heap, for evidence that is being judged. */
    private static final int JUDGED_UNITS = (int) Math.min(Integer.MAX_VALUE, HEAP / 2 / UNIT);

    /** A quarter of the heap, for the believed statements of one digest. */
    private static final long HELD_BYTES = HEAP / 4;

    private static final Semaphore FREE = new Semaphore(JUDGED_UNITS, true);

    private EvidenceMemoryLimit() {}

    /** Refuses evidence that can never fit, before it is fetched. */
    static void requireRoomToJudge(long bytes, String what) throws UndecidedException {
        if (units(bytes) > JUDGED_UNITS) {
            throw new UndecidedException(
                    what + ": has " + bytes + " bytes, too many for the memory of this Java process ("
                            + HEAP / UNIT / UNIT + " MiB): give it more with -Xmx, or remove it if it is not needed");
        }
    }

    /**
     * Waits for memory to judge a fetched bundle. Holders of memory are only computing, so the wait is short.
     *
     * @return the amount to {@linkplain #giveBack give back}
     */
    static int takeToJudge(long bytes) throws InterruptedException {
        int units = (int) Math.min(JUDGED_UNITS, units(bytes));
        FREE.acquire(units);
        return units;
    }

    private static long units(long bytes) {
        return bytes * JUDGING / UNIT + 1;
    }

    static void giveBack(int units) {
        FREE.release(units);
    }

    /** Refuses statements that together exceed the limit. */
    static void requireRoomToHold(long bytes, String what) throws UndecidedException {
        if (bytes > HELD_BYTES / HOLDING) {
            throw new UndecidedException(what + ": with it the statements that are believed have " + bytes
                    + " bytes together, too many for the memory of this Java process (" + HEAP / UNIT / UNIT
                    + " MiB): give it more with -Xmx, or remove those that are not needed");
        }
    }
}
