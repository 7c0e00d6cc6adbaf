package io.jenkins.plugins.airworthy;

import java.time.Duration;
import java.time.Instant;

/**
 * The tolerated difference between two clocks. A timestamp further in the future is refused, since it would keep
 * evidence fresh indefinitely.
 */
public final class ClockSkew {
    public static final Duration MAX = Duration.ofMinutes(5);

    private ClockSkew() {}

    /** Returns the latest time that another clock may show now. */
    public static Instant latest(Instant now) {
        return now.plus(MAX);
    }

    /** Whether a timestamp is in the future by more than the tolerated difference. */
    public static boolean isFuture(Instant time, Instant now) {
        return time.isAfter(latest(now));
    }
}
