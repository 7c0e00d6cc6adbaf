package io.jenkins.plugins.airworthy.testing;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.evidence.TestResult.Configuration;
import io.jenkins.plugins.airworthy.evidence.TestResult.Outcome;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.testing.TestCase.Status;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class TestReportTest {
    private static final List<Configuration> FILES = List.of(new Configuration("f", Optional.of("0".repeat(64))));

    @Test
    void listsNoSkippedTests() throws Exception {
        TestResult result =
                report(test("a", Status.PASSED), test("b", Status.SKIPPED)).toResult();

        assertThat(result.result()).isEqualTo(Outcome.PASSED);
        assertThat(result.passed()).containsExactly("a");
        assertThat(result.warned()).isEmpty();
        assertThat(result.failed()).isEmpty();
    }

    @Test
    void aFailureIsNeverHiddenBehindAPassOfTheSameName() throws Exception {
        TestResult result = report(test("a", Status.PASSED), test("a", Status.FAILED), test("a (2)", Status.PASSED))
                .toResult();

        assertThat(result.passed()).containsExactly("a", "a (2) (2)");
        assertThat(result.failed()).containsExactly("a (2)");
    }

    @Test
    void whateverTestsAreCalledTheStatementCanBeReadBack() throws Exception {
        String emoji = "\uD83D\uDE80";
        TestReport report = report(
                test("", Status.PASSED),
                test("new\nline\u202E", Status.PASSED),
                test("x" + emoji.repeat(400), Status.WARNED),
                test("x" + emoji.repeat(401), Status.FAILED));
        Statement statement = report.toResult()
                .toStatement(
                        new Subject(Optional.empty(), Digest.of(new byte[0])),
                        new Observation(Observer.BUILD_AGENT, Instant.EPOCH));

        assertThat(TestResult.parse(Statement.parse(statement.toBytes(), "payload")))
                .isEqualTo(report.toResult());
        assertThat(report.toResult().passed()).containsExactly("unnamed", "new\uFFFDline\uFFFD");
    }

    @Test
    void refusesToBeAResultWhenNoTestRan() {
        assertThatThrownBy(() -> report().toResult())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no test ran; that does not count as passed");
        assertThatThrownBy(() -> report(test("a", Status.SKIPPED)).toResult()).hasMessageContaining("were skipped");
        assertThat(report().passed()).isFalse();
    }

    @Test
    void refusesMoreTestsThanAResultMayName() {
        TestReport report =
                new TestReport("s", FILES, Collections.nCopies(TestResult.MAX_TESTS + 1, test("a", Status.PASSED)));

        assertThatThrownBy(report::toResult).hasMessageContaining("more than the allowed 50000 tests");
    }

    @Test
    void manyTestsOfOneNameAreDistinguishedInLinearTime() throws Exception {
        TestReport report =
                new TestReport("s", FILES, Collections.nCopies(TestResult.MAX_TESTS, test("a", Status.PASSED)));

        assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> assertThat(report.toResult().passed())
                        .doesNotHaveDuplicates()
                        .hasSize(TestResult.MAX_TESTS));
    }

    @Test
    void keepsAFewReasonsAndCountsTheRest() {
        List<String> reasons = new ArrayList<>(Collections.nCopies(60, "reason"));

        assertThat(new TestCase("a", Status.FAILED, reasons).reasons())
                .hasSize(51)
                .contains("and 10 more");
    }

    private static TestReport report(TestCase... cases) {
        return new TestReport("s", FILES, List.of(cases));
    }

    private static TestCase test(String name, Status status) {
        return new TestCase(name, status, List.of());
    }
}
