package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.TestResult;

import java.util.List;
import java.util.Optional;

/** Removes the large parts of a statement. Of a test result, the suite and the result remain. */
public final class StatementHead {
    private StatementHead() {}

    public static Statement of(Statement statement) {
        Optional<TestResult> tests = tests(statement);
        if (tests.isPresent() && statement.observation().isPresent()) {
            TestResult whole = tests.get();
            return new TestResult(
                            whole.suite(),
                            whole.result(),
                            one(whole.passed()),
                            one(whole.warned()),
                            one(whole.failed()),
                            one(whole.configuration()),
                            whole.skipped())
                    .toStatement(statement.subject(), statement.observation().get());
        }
        return new Statement(
                statement.subject(), statement.observation(), statement.predicateType(), StrictJson.object());
    }

    /** Shortens a test result: one test remains, since a passed result must name one, and the test files, since they name the suite. */
    private static <T> List<T> one(List<T> names) {
        return names.subList(0, Math.min(1, names.size()));
    }

    /** Reads a test result; empty if it is malformed. */
    public static Optional<TestResult> tests(Statement statement) {
        if (!statement.predicateType().equals(PredicateTypes.TEST_RESULT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(TestResult.parse(statement));
        } catch (InvalidInputException e) {
            return Optional.empty(); // its suite is unknown
        }
    }
}
