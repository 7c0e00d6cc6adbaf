package io.jenkins.plugins.airworthy.jenkins.run.place;

import hudson.model.TaskListener;
import io.jenkins.plugins.airworthy.Progress;

import java.time.Duration;
import java.time.InstantSource;

/** Writes the progress of long work to a build's log: one line per tenth, at most one every {@link #PAUSE}. */
public final class LogProgress implements Progress {
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final String PREFIX = "[airworthy] ";

    private final TaskListener listener;
    private final InstantSource clock;

    public LogProgress(TaskListener listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    /** By the clock of the machine that does the work. */
    public static LogProgress to(TaskListener listener) {
        return new LogProgress(listener, InstantSource.system());
    }

    @Override
    public void say(String line) {
        listener.getLogger().println(PREFIX + oneLine(line));
    }

    @Override
    public Task begin(String what, long totalBytes) {
        return new Counted(what, totalBytes);
    }

    /** Text from an agent, a registry or an image must not look like a line of another source. */
    private static String oneLine(String text) {
        return text.codePoints()
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private final class Counted implements Task {
        private final String what;
        private final long total;
        private long done;
        private long toldTenth;
        private long toldAt = clock.millis();

        Counted(String what, long total) {
            this.what = what;
            this.total = total;
        }

        @Override
        public synchronized void advance(long bytes) {
            done += bytes;
            long tenth = total > 0 ? done * 10 / total : 0;
            long now = clock.millis();
            if (tenth > toldTenth && now - toldAt >= PAUSE.toMillis()) {
                toldTenth = tenth;
                toldAt = now;
                say(what + ": " + tenth * 10 + " % of " + total + " bytes");
            }
        }
    }
}
