package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import static io.jenkins.plugins.airworthy.policy.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

class TestResultsTest {
    private static final PlatformImage IMAGE = Given.image();

    @ParameterizedTest
    @CsvSource({
        "'minimum: 1, failures: 0', 1, 0, PASSED",
        "'minimum: 5, failures: 0', 5, 0, PASSED",
        "'minimum: 5, failures: 0', 4, 0, FAILED",
        "'minimum: 1, failures: 0', 0, 0, FAILED",
        "'minimum: 1, failures: 0', 9, 1, FAILED",
        "'minimum: 1, failures: 2', 9, 2, PASSED",
        "'minimum: 1, failures: 2', 9, 3, FAILED",
        "'', 1, 0, PASSED",
        "'', 0, 0, FAILED"
    })
    void countsWhatPassedAndWhatFailed(String rule, int passed, int failed, Status status) throws Exception {
        assertThat(judge(rule, result("junit", passed, failed, 0)).status()).isEqualTo(status);
    }

    @Test
    void countsFailuresOverAllSuitesTogether() throws Exception {
        assertThat(judge("failures: 2", result("a", 5, 2, 0), result("b", 5, 1, 0))
                        .reason())
                .isEqualTo("3 failed tests, at most 2 allowed: a: f0; a: f1; b: f0");
    }

    @ParameterizedTest
    @CsvSource({"'', 9, PASSED", "'warned: 2', 2, PASSED", "'warned: 2', 3, FAILED", "'warned: 0', 0, FAILED"})
    void limitsWarningsIfThePolicyAsks(String rule, int warned, Status status) throws Exception {
        VerifiedEvidence result = evidence(
                new TestResult(
                        "junit",
                        TestResult.Outcome.WARNED,
                        names("p", 5),
                        names("w", warned),
                        List.of(),
                        files("junit")),
                Given.seen());
        Verdict.Item item = judge(rule, result);
        assertThat(item.status()).as(item.reason()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"'', 9, PASSED", "'skipped: 9', 9, PASSED", "'skipped: 8', 9, FAILED", "'skipped: 0', 0, PASSED"})
    void limitsSkippedTestsIfThePolicyAsks(String rule, long skipped, Status status) throws Exception {
        Verdict.Item item = judge(rule, skipping("junit", 1, Optional.of(skipped)));
        assertThat(item.status()).as(item.reason()).isEqualTo(status);
        assertThat(item.reason())
                .endsWith(status == Status.FAILED ? "allowed" : skipped == 0 ? "passed" : ", 9 skipped");
    }

    @Test
    void countsSkippedTestsOverAllSuitesTogetherAndTheMostOfResultsThatDecideTogether() throws Exception {
        assertThat(judge("skipped: 5", skipping("a", 1, Optional.of(4L)), skipping("b", 2, Optional.of(2L)))
                        .reason())
                .isEqualTo("6 tests skipped, at most 5 allowed");
        assertThat(judge("skipped: 5", skipping("a", 1, Optional.of(0L)), skipping("a", 1, Optional.of(6L)))
                        .reason())
                .isEqualTo("6 tests skipped, at most 5 allowed");
        assertThat(judge("skipped: 0", skipping("a", 1, Optional.of(0L)), skipping("a", 2, Optional.of(6L)))
                        .status())
                .isEqualTo(Status.PASSED);
    }

    /** What is not told is not known to be none. */
    @Test
    void refusesAnUnknownNumberOfSkippedTestsWhereOneIsAskedFor() throws Exception {
        assertThat(judge("skipped: 50000", skipping("a", 1, Optional.empty())).reason())
                .isEqualTo("suite 'a' does not say how many tests were skipped, at most 50000 allowed");
        assertThat(judge("skipped: 5", skipping("a", 1, Optional.of(0L)), skipping("a", 1, Optional.empty()))
                        .reason())
                .contains("suite 'a' does not say");
        assertThat(judge("", skipping("a", 1, Optional.empty())).status()).isEqualTo(Status.PASSED);
    }

    private static VerifiedEvidence skipping(String suite, int hoursAgo, Optional<Long> skipped) {
        return evidence(
                new TestResult(
                        suite, TestResult.Outcome.PASSED, names("p", 5), List.of(), List.of(), files(suite), skipped),
                Given.seen(Observer.BUILD_AGENT, NOW.minus(Duration.ofHours(hoursAgo))));
    }

    @Test
    void refusesAnImageWithoutTests() throws Exception {
        assertThat(judge("").reason()).contains("no test result about");
    }

    /** Attack 13: the suite that failed is still failed after another suite passed. */
    @Test
    void requiresTheNewestResultOfEverySuiteToPass() throws Exception {
        assertThat(judge("", result("unit", 5, 1, 2), result("smoke", 5, 0, 1)).reason())
                .contains("suite 'unit' failed");
        assertThat(judge("", result("unit", 5, 0, 2), result("unit", 5, 1, 1)).status())
                .isEqualTo(Status.FAILED);
        assertThat(judge("", result("unit", 3, 0, 2), result("smoke", 4, 0, 1)).reason())
                .isEqualTo("7 tests of smoke; unit passed");
    }

    /** Attack 13: a test run again until green. The image is the same, so the failure still says something. */
    @Test
    void refusesASuiteThatWasRunAgainUntilItPassed() throws Exception {
        VerifiedEvidence red = result("unit", 5, 1, 3);
        VerifiedEvidence green = result("unit", 6, 0, 1);
        Verdict.Item item = judge("", red, green);
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).contains("suite 'unit' failed before it passed on the same image");
        assertThat(judge("reruns: deny", red, green).status()).isEqualTo(Status.FAILED);

        Verdict.Item allowed = judge("reruns: allow", red, green);
        assertThat(allowed.status()).isEqualTo(Status.PASSED);
        assertThat(allowed.evidence()).containsExactly(green.manifest());
        assertThat(judge("reruns: allow", result("unit", 6, 0, 3), result("unit", 5, 1, 1))
                        .status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void allowsEarlierFailureWithinTheAllowedNumber() throws Exception {
        assertThat(judge("failures: 1", result("unit", 5, 1, 3), result("unit", 6, 0, 1))
                        .status())
                .isEqualTo(Status.PASSED);
        assertThat(judge("failures: 1", result("unit", 5, 1, 1)).status()).isEqualTo(Status.PASSED);
    }

    @Test
    void deniesDifferentResultsOfEqualTimes() throws Exception {
        assertThat(judge("reruns: allow", result("unit", 5, 1, 1), result("unit", 6, 0, 1))
                        .status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void refusesAResultThatFailedWithoutSayingWhich() throws Exception {
        VerifiedEvidence silent = evidence(
                new TestResult("unit", TestResult.Outcome.FAILED, List.of("p"), List.of(), List.of(), files("unit")),
                Given.seen());
        assertThat(judge("failures: 5", silent).reason()).contains("suite 'unit' failed");
    }

    /** The suite of an unreadable result is unknown, so it may be the newest of any. */
    @Test
    void deniesUnreadableResult() throws Exception {
        VerifiedEvidence broken = Given.evidence(
                IMAGE.digest(),
                Given.seen(Observer.BUILD_AGENT, NOW.minus(Duration.ofDays(9))),
                PredicateTypes.TEST_RESULT,
                Given.json("{\"result\":\"PERHAPS\"}"));
        assertThat(judge("", result("unit", 5, 0, 1), broken).reason()).contains("cannot be read");
    }

    /** Attack 5: a result of the future would be the newest for ever. */
    @Test
    void refusesAResultOfTheFuture() throws Exception {
        assertThat(judge("", result("unit", 5, 0, -1)).reason()).contains("in the future");
    }

    @Test
    void doesNotLookAtResultsThatTheRuleDoesNotBelieve() throws Exception {
        VerifiedEvidence stranger = Given.evidence(
                IMAGE.digest(),
                Optional.of(Given.seen(Observer.BUILD_AGENT, NOW)),
                PredicateTypes.TEST_RESULT,
                result("unit", 5, 1, 0).statement().predicate(),
                Given.key("stranger"));
        assertThat(judge("", result("unit", 5, 0, 1), stranger).status()).isEqualTo(Status.PASSED);
        assertThat(judge("", stranger).reason()).contains("signed by key stranger, which this rule does not trust");
    }

    @ParameterizedTest
    @CsvSource({
        "cyclonedx, https://cyclonedx.org/bom, '{\"bomFormat\":\"CycloneDX\",\"components\":[{}]}', '', PASSED",
        "cyclonedx, https://cyclonedx.org/bom, '{\"bomFormat\":\"CycloneDX\",\"components\":[]}', '', FAILED",
        "cyclonedx, https://cyclonedx.org/bom, '{\"bomFormat\":\"CycloneDX\"}', ', allow: [nothing-analysed]', PASSED",
        "cyclonedx, https://cyclonedx.org/bom, '{\"bomFormat\":\"SPDX\",\"components\":[{}]}', '', FAILED",
        "cyclonedx, https://cyclonedx.org/bom, '{\"bomFormat\":\"CycloneDX\",\"components\":[1]}', '', FAILED",
        "cyclonedx, https://spdx.dev/Document, '{\"bomFormat\":\"CycloneDX\",\"components\":[{}]}', '', FAILED",
        "spdx, https://spdx.dev/Document, '{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[{}]}', '', PASSED",
        "spdx, https://spdx.dev/Document, '{\"spdxVersion\":\"2\",\"packages\":[{}]}', '', FAILED",
        "spdx, https://spdx.dev/Document, '{}', ', allow: [nothing-analysed]', FAILED"
    })
    void requiresBillsOfMaterialsOfTheirFormatThatListSomething(
            String format, String type, String document, String more, Status status) throws Exception {
        Policy policy = Given.policy("- sbom: {format: " + format + more + "}");
        Candidate candidate =
                Given.candidate(IMAGE, Given.evidence(IMAGE.digest(), Given.seen(), type, Given.json(document)));
        assertThat(Given.item(policy.judge(candidate, NOW), "sbom:" + format).status())
                .isEqualTo(status);
    }

    private static Verdict.Item judge(String rule, VerifiedEvidence... evidence) throws Exception {
        Policy policy = Given.policy("- tests: {" + rule + "}");
        return Given.item(policy.judge(Given.candidate(IMAGE, evidence), NOW), "tests");
    }

    private static VerifiedEvidence result(String suite, int passed, int failed, int hoursAgo) {
        TestResult.Outcome outcome = failed > 0 ? TestResult.Outcome.FAILED : TestResult.Outcome.PASSED;
        return evidence(
                new TestResult(suite, outcome, names("p", passed), List.of(), names("f", failed), files(suite)),
                Given.seen(Observer.BUILD_AGENT, NOW.minus(Duration.ofHours(hoursAgo))));
    }

    private static VerifiedEvidence evidence(TestResult result, Observation seen) {
        return Given.evidence(
                IMAGE.digest(),
                seen,
                PredicateTypes.TEST_RESULT,
                result.toStatement(new Subject(Optional.empty(), IMAGE.digest()), seen)
                        .predicate());
    }

    private static List<TestResult.Configuration> files(String suite) {
        return List.of(new TestResult.Configuration(suite + ".xml", Optional.empty()));
    }

    private static List<String> names(String prefix, int number) {
        return IntStream.range(0, number).mapToObj(i -> prefix + i).toList();
    }
}
