package io.jenkins.plugins.airworthy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A time limit for a piece of work. At its end the working thread is interrupted and the work fails: what was not done in time
 * is undecided.
 */
public final class TimeLimit {
    private static final long IDLE_SECONDS = 10;
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final Thread worker = Thread.currentThread();
    private boolean over;
    private boolean ended;

    private TimeLimit() {}

    /** The work, done in the calling thread. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws AirworthyException, InterruptedException;
    }

    /**
     * Does the work within the limit.
     *
     * @param what the work, for errors, for example "the verdict over app:1"
     * @param advice how to change the limit, for errors
     * @throws UndecidedException if the work takes longer
     */
    public static <T> T within(Duration limit, String what, String advice, Work<T> work)
            throws AirworthyException, InterruptedException {
        return within(limit, what, advice, () -> "", work);
    }

    /**
     * The same, with more to say of work that was stopped.
     *
     * @param state the end of the message; asked when the work has stopped
     */
    public static <T> T within(Duration limit, String what, String advice, Supplier<String> state, Work<T> work)
            throws AirworthyException, InterruptedException {
        TimeLimit time = new TimeLimit();
        Future<?> alarm = CLOCK.schedule(time::end, limit.toMillis(), TimeUnit.MILLISECONDS);
        T result;
        try {
            result = work.run();
        } catch (AirworthyException | InterruptedException e) {
            if (time.isOver()) {
                throw exceeded(limit, what, advice, state.get(), e);
            }
            throw e;
        } finally {
            alarm.cancel(false);
            time.stop();
        }
        if (time.isOver()) {
            throw exceeded(limit, what, advice, state.get(), null);
        }
        return result;
    }

    private static UndecidedException exceeded(
            Duration limit, String what, String advice, String state, Exception cause) {
        return new UndecidedException(
                what + " took longer than the allowed " + inWords(limit)
                        + " and was stopped: check the registry, or allow more time (" + advice + ")" + state,
                cause);
    }

    private static String inWords(Duration limit) {
        if (limit.toMillis() % TimeUnit.MINUTES.toMillis(1) != 0) {
            String seconds =
                    BigDecimal.valueOf(limit.toMillis(), 3).stripTrailingZeros().toPlainString();
            return seconds + (seconds.equals("1") ? " second" : " seconds");
        }
        return Count.of(limit.toMinutes(), "minute");
    }

    private synchronized void end() {
        if (!ended) {
            over = true;
            worker.interrupt();
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    /** Prevents later interrupts, and clears an interrupt of this limit that the work did not see. */
    private synchronized void stop() {
        ended = true;
        if (over) {
            Thread.interrupted();
        }
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "airworthy-time-limit");
            thread.setDaemon(true);
            return thread;
        });
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        return clock;
    }
}
