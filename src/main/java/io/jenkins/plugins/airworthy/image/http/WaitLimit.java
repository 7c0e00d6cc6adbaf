package io.jenkins.plugins.airworthy.image.http;

import java.time.Duration;
import java.util.function.Supplier;

/** A time limit for waiting for bytes. */
sealed interface WaitLimit {
    /** Minimum rate in bytes per second, over the stall time. */
    int SLOWEST_BYTES_PER_SECOND = 8 * 1024;

    /** How long the next byte may take. */
    long nanosLeft();

    /** Returns the exception for a wait that took longer. */
    TimedOutException exceeded();

    /** Records the time waited. */
    void waited(long nanos) throws TimedOutException;

    void sent(int bytes) throws TimedOutException;

    void received(int bytes) throws TimedOutException;

    /** Waits until a fixed moment. */
    final class Until implements WaitLimit {
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
        public void sent(int bytes) throws TimedOutException {
            requireLeft();
        }

        @Override
        public void received(int bytes) throws TimedOutException {
            requireLeft();
        }

        private void requireLeft() throws TimedOutException {
            if (nanosLeft() <= 0) {
                throw exceeded();
            }
        }
    }

    /**
     * Waits as long as a body is transferred fast enough. Only waiting time counts, so that a slow reader is not blamed on the
     * sender. Only bytes of the body count, so that a peer cannot delay with other bytes.
     */
    final class WhileFlowing implements WaitLimit {
        private final Duration stall;
        private final boolean sending;
        private long waitedNanos;
        private long flowed;

        private WhileFlowing(Duration stall, boolean sending) {
            this.stall = stall;
            this.sending = sending;
        }

        /** For an incoming body; its reader reports each byte that {@linkplain #flowed flowed}. */
        static WhileFlowing here(Duration stall) {
            return new WhileFlowing(stall, false);
        }

        static WhileFlowing there(Duration stall) {
            return new WhileFlowing(stall, true);
        }

        @Override
        public long nanosLeft() {
            return stall.toNanos();
        }

        @Override
        public TimedOutException exceeded() {
            String direction = sending ? "no byte was taken within " : "no byte within ";
            return new TimedOutException(direction + stall.toSeconds() + " s");
        }

        /** Looks first at what came of the waits before this one. */
        @Override
        public void waited(long nanos) throws TimedOutException {
            if (waitedNanos >= stall.toNanos()) {
                if (flowed < SLOWEST_BYTES_PER_SECOND * (waitedNanos / 1e9)) {
                    throw new TimedOutException.Dripping();
                }
                waitedNanos = 0;
                flowed = 0;
            }
            waitedNanos += nanos;
        }

        @Override
        public void sent(int bytes) {
            flowed += sending ? bytes : 0;
        }

        @Override
        public void received(int bytes) {
            // Whether it is of the body shows above.
        }

        void flowed(int bytes) {
            flowed += bytes;
        }
    }
}
