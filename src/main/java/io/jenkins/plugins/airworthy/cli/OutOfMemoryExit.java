package io.jenkins.plugins.airworthy.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends the process when memory runs out in any thread: the working thread would not notice the failure of another thread, and
 * would wait for it. A process that only collects garbage counts as out of memory too. Ending it needs no memory.
 */
final class OutOfMemoryExit {
    static final String MESSAGE =
            "out of memory, so nothing was decided: give Java more with -Xmx, and check whether the image"
                    + " or its evidence has documents of unusual size";

    private static final byte[] LAST_WORDS = ("airworthy: " + MESSAGE + "\n").getBytes(StandardCharsets.UTF_8);
    private static final PrintStream STANDARD_ERROR = new PrintStream(new FileOutputStream(FileDescriptor.err), false);
    private static final Runtime JAVA = Runtime.getRuntime();

    /** The status of {@link ExitStatus#UNDECIDED}, written out because loading a class takes memory. */
    private static final int UNDECIDED = 3;

    /** The delay before watching starts: most commands end sooner. */
    private static final long FIRST_LOOK_MILLIS = 3_000;

    private static final long LOOK_MILLIS = 1_000;
    private static final int LOOKS = 5;
    private static final double COLLECTING = 0.9;
    private static final double FULL = 0.97;

    private OutOfMemoryExit() {}

    /** From now on the process ends if a thread dies because memory ran out. */
    static void watch() {
        rehearse();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (isWantOfMemory(failure)) {
                now();
            }
            failure.printStackTrace();
        });
        Thread watcher = new Thread(OutOfMemoryExit::look, "airworthy-memory");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** Loads the classes that ending needs while there is memory. */
    private static void rehearse() {
        try {
            Class.forName("java.lang.Shutdown");
        } catch (ClassNotFoundException e) {
            return; // another platform may use another name: then ending needs a little memory
        }
        STANDARD_ERROR.write(LAST_WORDS, 0, isWantOfMemory(new IllegalStateException()) ? 1 : 0);
        used();
    }

    private static boolean isWantOfMemory(Throwable failure) {
        return failure instanceof VirtualMachineError;
    }

    /** Ends the process at once. */
    static void now() {
        try {
            STANDARD_ERROR.write(LAST_WORDS, 0, LAST_WORDS.length);
            STANDARD_ERROR.flush();
        } finally {
            JAVA.halt(UNDECIDED);
        }
    }

    private static void look() {
        try {
            waitUntilNothingCanGoOn();
        } finally {
            now(); // also if the check itself ran out of memory
        }
    }

    private static void waitUntilNothingCanGoOn() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FIRST_LOOK_MILLIS));
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        int bad = 0;
        long collected = collectedMillis(collectors);
        long looked = System.nanoTime();
        while (bad < LOOKS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
            long now = System.nanoTime();
            long millis = collectedMillis(collectors);
            double share = (millis - collected) * 1e6 / (now - looked);
            bad = share > COLLECTING || isFull() ? bad + 1 : 0;
            collected = millis;
            looked = now;
        }
    }

    private static long collectedMillis(List<GarbageCollectorMXBean> collectors) {
        long millis = 0;
        for (GarbageCollectorMXBean each : collectors) {
            millis += Math.max(0, each.getCollectionTime());
        }
        return millis;
    }

    /** Whether memory is exhausted even after a collection, which is requested only if the heap looks full. */
    private static boolean isFull() {
        return used() > FULL && usedAfterCollection() > FULL;
    }

    private static double usedAfterCollection() {
        System.gc();
        return used();
    }

    private static double used() {
        return (double) (JAVA.totalMemory() - JAVA.freeMemory()) / JAVA.maxMemory();
    }
}
