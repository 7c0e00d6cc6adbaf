package io.jenkins.plugins.airworthy.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into an interrupt of the working thread, and lets it clean up before the JVM ends. The exit status is
 * then the JVM's own: 130 or 143.
 */
final class InterruptWatch {
    /** How long the work may take to stop; the order of writes keeps even a killed promotion consistent. */
    private static final long STOP_LIMIT_SECONDS = 10;

    private final Thread worker;
    private final CountDownLatch ended = new CountDownLatch(1);

    private InterruptWatch(Thread worker) {
        this.worker = worker;
    }

    static InterruptWatch install(Thread worker) {
        InterruptWatch interruption = new InterruptWatch(worker);
        Runtime.getRuntime().addShutdownHook(new Thread(interruption::stop, "interruption"));
        return interruption;
    }

    /** From now on the JVM may end at once. */
    void workEnded() {
        ended.countDown();
    }

    private void stop() {
        if (ended.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            if (!ended.await(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("airworthy: the work did not stop in time; exiting all the same");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
