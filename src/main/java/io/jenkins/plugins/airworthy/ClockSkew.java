package io.jenkins.plugins.airworthy;

import java.time.Duration;
import java.time.Instant;

/**
 * How far two clocks may differ. A time that somebody else's clock told is of the future only beyond that; it is refused then,
 * since a future date would keep what it dates fresh for as long as somebody likes.
 */
public final class ClockSkew {
    public static final Duration MAX = Duration.ofMinutes(5);

    private ClockSkew() {}

    /** The latest time that a clock elsewhere can show now. */
    public static Instant latest(Instant now) {
        return now.plus(MAX);
    }

    /** Whether no clock can show this time yet. */
    public static boolean isFuture(Instant told, Instant now) {
        return told.isAfter(latest(now));
    }
}
