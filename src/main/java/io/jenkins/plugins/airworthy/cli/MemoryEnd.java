package io.jenkins.plugins.airworthy.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Ends the process when memory runs out, in whatever thread: of what failed in a thread of the platform's HTTP client the working thread
 * hears nothing, and would wait for it. A process that can do nothing but collect garbage is out of memory too. The end needs no memory.
 */
final class MemoryEnd {
    static final String MESSAGE =
            "out of memory, so nothing was decided: give Java more with -Xmx, and look whether the image"
                    + " or its evidence has documents of unusual size";

    private static final byte[] LAST_WORDS = ("airworthy: " + MESSAGE + "\n").getBytes(StandardCharsets.UTF_8);
    private static final FileOutputStream STANDARD_ERROR = new FileOutputStream(FileDescriptor.err);

    /** The status of {@link ExitStatus#UNDECIDED}, written out because loading a class takes memory. */
    private static final int UNDECIDED = 3;

    /** Most commands are over before anybody needs to watch. */
    private static final long FIRST_LOOK_MILLIS = 3_000;

    private static final long LOOK_MILLIS = 1_000;
    private static final int LOOKS = 5;
    private static final double COLLECTING = 0.9;
    private static final double FULL = 0.97;

    private MemoryEnd() {}

    /** From now on no thread dies for want of memory without the process. */
    static void watch() {
        rehearse();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (failure instanceof VirtualMachineError) {
                now();
            }
            failure.printStackTrace();
        });
        Thread watcher = new Thread(MemoryEnd::look, "airworthy-memory");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** What the end needs is loaded while there is memory to load it. */
    private static void rehearse() {
        try {
            Class.forName("java.lang.Shutdown");
            STANDARD_ERROR.write(LAST_WORDS, 0, 0);
        } catch (ClassNotFoundException | IOException e) {
            return; // another platform may call it otherwise: then the end needs a little memory
        }
    }

    /** Ends the process at once. */
    static void now() {
        try {
            STANDARD_ERROR.write(LAST_WORDS);
        } catch (IOException | RuntimeException | Error e) {
            // Nobody is left to be told: the exit status has to say it.
        } finally {
            Runtime.getRuntime().halt(UNDECIDED);
        }
    }

    private static void look() {
        try {
            Thread.sleep(FIRST_LOOK_MILLIS);
            List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
            int bad = 0;
            long collected = collectedMillis(collectors);
            long looked = System.nanoTime();
            while (bad < LOOKS) {
                Thread.sleep(LOOK_MILLIS);
                long now = System.nanoTime();
                long millis = collectedMillis(collectors);
                double share = (millis - collected) * 1e6 / (now - looked);
                bad = share > COLLECTING || isFull() ? bad + 1 : 0;
                collected = millis;
                looked = now;
            }
        } catch (InterruptedException e) {
            return; // nobody does that; a watcher who is told to go goes
        } catch (OutOfMemoryError e) {
            now();
        }
        now();
    }

    private static long collectedMillis(List<GarbageCollectorMXBean> collectors) {
        long millis = 0;
        for (GarbageCollectorMXBean each : collectors) {
            millis += Math.max(0, each.getCollectionTime());
        }
        return millis;
    }

    /** Whether there is nothing left even after a collection, which only a heap that looks full is asked for. */
    private static boolean isFull() {
        return used() > FULL && usedAfterCollection() > FULL;
    }

    private static double usedAfterCollection() {
        System.gc();
        return used();
    }

    private static double used() {
        Runtime java = Runtime.getRuntime();
        return (double) (java.totalMemory() - java.freeMemory()) / java.maxMemory();
    }
}
