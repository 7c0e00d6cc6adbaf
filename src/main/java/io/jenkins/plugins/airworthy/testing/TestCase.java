package io.jenkins.plugins.airworthy.testing;

import io.jenkins.plugins.airworthy.AirworthyException;

import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of one test.
 *
 * @param name the name for people, on one line
 * @param reasons why the test did not simply pass; at most {@value #MAX_REASONS}
 */
public record TestCase(String name, Status status, List<String> reasons) {
    /** Maximum number of reasons of one test. */
    public static final int MAX_REASONS = 50;

    public TestCase {
        name = AirworthyException.oneLine(name);
        List<String> kept = new ArrayList<>();
        for (String reason : reasons.subList(0, Math.min(reasons.size(), MAX_REASONS))) {
            kept.add(AirworthyException.oneLine(reason));
        }
        if (reasons.size() > MAX_REASONS) {
            kept.add("and " + (reasons.size() - MAX_REASONS) + " more");
        }
        reasons = List.copyOf(kept);
    }

    /** The result of a test. */
    public enum Status {
        PASSED,
        /** Passed, but not at the first attempt. */
        WARNED,
        FAILED,
        /** Did not run. */
        SKIPPED
    }
}
