package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.InvalidInputException;

/** Limits the matching of one run, in steps: one instruction of a pattern on one byte. */
final class MatchBudget {
    /** About two minutes. */
    static final long MAX_STEPS = 20_000_000_000L;

    private final long limit;
    private long spent;

    MatchBudget(long limit) {
        this.limit = limit;
    }

    void spend(long bytes, long instructions, String pattern) throws InvalidInputException {
        spent += (bytes + 1) * instructions;
        if (spent > limit) {
            throw new InvalidInputException(
                    "'" + pattern + "': matching the patterns of these tests takes more than the" + " allowed " + limit
                            + " steps; use simpler patterns or smaller files");
        }
    }
}
