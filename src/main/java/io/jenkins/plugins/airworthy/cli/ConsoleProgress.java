package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.Progress;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Progress on standard error: on a terminal one line that is redrawn, otherwise a plain line at intervals. Work that ends before
 * the first interval prints nothing.
 */
final class ConsoleProgress implements Progress, AutoCloseable {
    private static final long BAR_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LINE_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final String ERASE_LINE = "\r\u001b[K";

    private final PrintStream err;
    private final boolean bars;
    private final boolean quiet;
    private final List<Work> running = new ArrayList<>();
    private final CurrentWork current;
    private long lastShown;
    private boolean drawn;

    private ConsoleProgress(PrintStream err, boolean bars, boolean quiet, CurrentWork current) {
        this.current = current;
        this.err = err;
        this.bars = bars;
        this.quiet = quiet;
        this.lastShown = System.nanoTime();
    }

    static ConsoleProgress start(CommandEnvironment environment, boolean quiet) {
        return new ConsoleProgress(environment.err(), environment.bars(), quiet, environment.work());
    }

    @Override
    public synchronized void say(String line) {
        if (!quiet) {
            erase();
            err.println(AirworthyException.oneLine(line));
            err.flush();
        }
    }

    @Override
    public synchronized Task begin(String what, long totalBytes) {
        Work work = new Work(AirworthyException.oneLine(what), totalBytes);
        running.add(work);
        current.begin(work.what);
        return work;
    }

    @Override
    public synchronized void close() {
        erase();
        err.flush();
    }

    private void erase() {
        if (drawn) {
            err.print(ERASE_LINE);
            drawn = false;
        }
    }

    private void show(Work work) {
        long now = System.nanoTime();
        if (quiet || now - lastShown < (bars ? BAR_INTERVAL_NANOS : LINE_INTERVAL_NANOS)) {
            return;
        }
        lastShown = now;
        String more = running.size() > 1 ? " (and " + (running.size() - 1) + " more)" : "";
        if (bars) {
            err.print(ERASE_LINE + work.line() + more);
            drawn = true;
        } else {
            err.println(work.line() + more);
        }
        err.flush();
    }

    /** One piece of work; all pieces share the progress's lock, so that lines never mix. */
    private final class Work implements Task {
        private final String what;
        private final long total;
        private long done;

        private Work(String what, long total) {
            this.what = what;
            this.total = total;
        }

        @Override
        public void advance(long bytes) {
            synchronized (ConsoleProgress.this) {
                done += bytes;
                show(this);
            }
        }

        @Override
        public void close() {
            synchronized (ConsoleProgress.this) {
                running.remove(this);
                erase();
            }
        }

        private String line() {
            if (total <= 0) {
                return what + ": " + size(done);
            }
            long percent = Math.min(100, done * 100 / total);
            return what + ": " + percent + "% of " + size(total);
        }

        private static String size(long bytes) {
            return bytes < 100_000 ? Count.of(bytes, "byte") : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        }
    }
}
