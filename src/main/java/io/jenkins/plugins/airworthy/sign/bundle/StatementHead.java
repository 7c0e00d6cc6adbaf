package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.TestResult;

import java.util.List;
import java.util.Optional;

/** Takes from a statement what makes it large. Of a test result the suite and the result stay. */
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
                            one(whole.configuration()))
                    .toStatement(statement.subject(), statement.observation().get());
        }
        return new Statement(
                statement.subject(), statement.observation(), statement.predicateType(), StrictJson.object());
    }

    /** A result that passed names a test, and the files of tests name the suite. */
    private static <T> List<T> one(List<T> names) {
        return names.subList(0, Math.min(1, names.size()));
    }

    /** What a test result says; absent when it is none that can be read. */
    public static Optional<TestResult> tests(Statement statement) {
        if (!statement.predicateType().equals(PredicateTypes.TEST_RESULT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(TestResult.parse(statement));
        } catch (InvalidInputException e) {
            return Optional.empty(); // nobody can say of which suite it is
        }
    }
}
