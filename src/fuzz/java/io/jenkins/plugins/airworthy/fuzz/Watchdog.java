package io.jenkins.plugins.airworthy.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * Looks now and then whether one thread still works on the same input, and tells when that has taken too long: in processor
 * time, which a busy machine does not stretch, or, for a thread that waits for something, by the clock.
 */
final class Watchdog implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Duration CLOCK = Duration.ofSeconds(90);

    private final Thread watched;
    private final Thread watching;
    private final Duration limit;
    private final BiConsumer<byte[], String> tell;
    private final AtomicLong number = new AtomicLong();
    private volatile byte[] input = {};
    private volatile boolean busy;

    Watchdog(Thread watched, Duration limit, BiConsumer<byte[], String> tell) {
        this.watched = watched;
        this.limit = limit;
        this.tell = tell;
        this.watching = new Thread(this::watch, "watchdog");
        watching.setDaemon(true);
        watching.start();
    }

    void begin(byte[] next) {
        input = next;
        number.incrementAndGet();
        busy = true;
    }

    void end() {
        busy = false;
    }

    private void watch() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long seen = -1;
        long processor = 0;
        long clock = 0;
        try {
            while (true) {
                Thread.sleep(EVERY.toMillis());
                if (!busy || number.get() != seen) {
                    seen = number.get();
                    processor = threads.getThreadCpuTime(watched.getId());
                    clock = System.nanoTime();
                    continue;
                }
                long used = threads.getThreadCpuTime(watched.getId()) - processor;
                if (used > limit.toNanos() || System.nanoTime() - clock > CLOCK.toNanos()) {
                    StringBuilder where = new StringBuilder("does not end within " + limit);
                    for (StackTraceElement frame : watched.getStackTrace()) {
                        where.append("\n    at ").append(frame);
                    }
                    tell.accept(input, where.toString());
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    @Override
    public void close() {
        watching.interrupt();
    }
}
