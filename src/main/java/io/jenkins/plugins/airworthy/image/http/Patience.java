package io.jenkins.plugins.airworthy.image.http;

import java.time.Duration;
import java.util.function.Supplier;

/** How long bytes are waited for. */
sealed interface Patience {
    /** Whoever moves less in a second, over the time in which a body counts as stalled, drips. */
    int SLOWEST_BYTES_PER_SECOND = 8 * 1024;

    /** How long the next byte may take. */
    long nanosLeft();

    /** What is thrown when it took longer. */
    TimedOutException exceeded();

    /** Is told how long was waited. */
    void waited(long nanos);

    /** Is told what came of it. */
    void moved(int bytes) throws TimedOutException;

    /** Until one moment, whatever comes in between. */
    final class Until implements Patience {
        private final long end;
        private final Supplier<TimedOutException> exceeded;

        private Until(Duration limit, Supplier<TimedOutException> exceeded) {
            this.end = System.nanoTime() + limit.toNanos();
            this.exceeded = exceeded;
        }

        static Until connected(Duration limit) {
            return new Until(
                    limit, () -> new TimedOutException.Connecting("no connection within " + limit.toSeconds() + " s"));
        }

        /** A shorter time, after which the same is thrown. */
        Until within(Duration share) {
            return new Until(share, exceeded);
        }

        static Until answered(Duration limit) {
            return new Until(limit, () -> new TimedOutException("no answer within " + limit.toSeconds() + " s"));
        }

        @Override
        public long nanosLeft() {
            return end - System.nanoTime();
        }

        @Override
        public TimedOutException exceeded() {
            return exceeded.get();
        }

        @Override
        public void waited(long nanos) {
            // The moment stays the same.
        }

        @Override
        public void moved(int bytes) throws TimedOutException {
            if (nanosLeft() <= 0) {
                throw exceeded();
            }
        }
    }

    /** For as long as a body flows. Counts only the time that was waited: a slow reader is no fault of the sender's. */
    final class WhileFlowing implements Patience {
        private final Duration stall;
        private final String direction;
        private long waitedNanos;
        private long moved;

        private WhileFlowing(Duration stall, String direction) {
            this.stall = stall;
            this.direction = direction;
        }

        static WhileFlowing here(Duration stall) {
            return new WhileFlowing(stall, "no byte within ");
        }

        static WhileFlowing there(Duration stall) {
            return new WhileFlowing(stall, "no byte was taken within ");
        }

        @Override
        public long nanosLeft() {
            return stall.toNanos();
        }

        @Override
        public TimedOutException exceeded() {
            return new TimedOutException(direction + stall.toSeconds() + " s");
        }

        @Override
        public void waited(long nanos) {
            waitedNanos += nanos;
        }

        @Override
        public void moved(int bytes) throws TimedOutException {
            moved += bytes;
            if (waitedNanos < stall.toNanos()) {
                return;
            }
            if (moved < SLOWEST_BYTES_PER_SECOND * (waitedNanos / 1e9)) {
                throw new TimedOutException.Dripping();
            }
            waitedNanos = 0;
            moved = 0;
        }
    }
}
