package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.Optional;

/**
 * What a record of signatures remembers of a test result.
 *
 * @param failed how many tests the result names as failed
 */
public record RecordedTests(String suite, TestResult.Outcome result, long failed) {
    /** Reads the results in a statement; empty if it is not a readable test result. */
    public static Optional<RecordedTests> of(Statement statement) {
        if (!statement.predicateType().equals(PredicateTypes.TEST_RESULT)) {
            return Optional.empty();
        }
        try {
            TestResult tests = TestResult.parse(statement);
            return Optional.of(new RecordedTests(
                    tests.suite(), tests.result(), tests.failed().size()));
        } catch (InvalidInputException e) {
            return Optional.empty(); // an unreadable result cannot be proven to be outdated
        }
    }
}
