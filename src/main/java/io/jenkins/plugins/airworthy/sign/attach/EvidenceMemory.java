package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.UndecidedException;

import java.util.concurrent.Semaphore;

/**
 * How much of this process's memory evidence may take, whoever attached it and however many verdicts are made at once.
 * Refuses, instead of running out of memory, what is too large for it.
 */
final class EvidenceMemory {
    /** How many times its size a bundle takes while it is judged: its bytes, characters, text, payload and statement. */
    static final int JUDGING = 10;

    /** How many times its size a statement takes once it was read. */
    static final int HOLDING = 6;

    private static final int UNIT = 1024;
    private static final long HEAP = Runtime.getRuntime().maxMemory();

    /** A half of the heap is for what is being judged. */
    private static final int JUDGED_UNITS = (int) Math.min(Integer.MAX_VALUE, HEAP / 2 / UNIT);

    /** A quarter is for the statements that are believed of one digest. */
    private static final long HELD_BYTES = HEAP / 4;

    private static final Semaphore FREE = new Semaphore(JUDGED_UNITS, true);

    private EvidenceMemory() {}

    /** Refuses what there can never be room for, before it is fetched. */
    static void requireRoomToJudge(long bytes, String what) throws UndecidedException {
        if (units(bytes) > JUDGED_UNITS) {
            throw new UndecidedException(
                    what + ": has " + bytes + " bytes, too many for the memory of this Java process ("
                            + HEAP / UNIT / UNIT + " MiB): give it more with -Xmx, or remove it if nobody needs it");
        }
    }

    /**
     * Waits until there is room to judge a bundle that was fetched: whoever has some is only computing and gives it back soon.
     *
     * @return how much to {@linkplain #giveBack give back}
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

    /** Refuses statements that together would take more than can be held. */
    static void requireRoomToHold(long bytes, String what) throws UndecidedException {
        if (bytes > HELD_BYTES / HOLDING) {
            throw new UndecidedException(what + ": with it the statements that are believed have " + bytes
                    + " bytes together, too many for the memory of this Java process (" + HEAP / UNIT / UNIT
                    + " MiB): give it more with -Xmx, or remove those that nobody needs");
        }
    }
}
