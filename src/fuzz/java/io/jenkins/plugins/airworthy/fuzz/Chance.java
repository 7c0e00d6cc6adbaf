package io.jenkins.plugins.airworthy.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Dice that fall the same way for the same seed. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A number from 0 to one below the limit; 0 for a limit that leaves nothing else. */
    int below(int limit) {
        return limit <= 1 ? 0 : random.nextInt(limit);
    }

    boolean oneIn(int count) {
        return below(count) == 0;
    }

    long anything() {
        return random.nextLong();
    }

    /** Mostly small, now and then up to the limit. */
    int few(int limit) {
        return below(Math.min(limit, oneIn(4) ? limit : 8) + 1);
    }

    <T> T pick(List<T> list) {
        return list.get(below(list.size()));
    }
}
