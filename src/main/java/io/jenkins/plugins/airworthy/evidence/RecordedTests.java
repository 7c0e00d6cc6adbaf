package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.Optional;

/**
 * What a record of signatures remembers of a test result.
 *
 * @param failed how many tests the result names as failed
 */
public record RecordedTests(String suite, TestResult.Outcome result, long failed) {
    /** Of a statement; absent when it is no test result that can be read. */
    public static Optional<RecordedTests> of(Statement statement) {
        if (!statement.predicateType().equals(PredicateTypes.TEST_RESULT)) {
            return Optional.empty();
        }
        try {
            TestResult tests = TestResult.parse(statement);
            return Optional.of(new RecordedTests(
                    tests.suite(), tests.result(), tests.failed().size()));
        } catch (InvalidInputException e) {
            return Optional.empty(); // whatever it is, nobody can say that it is outdated
        }
    }
}
