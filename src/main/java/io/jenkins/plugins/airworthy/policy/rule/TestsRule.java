package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.RecordedTests;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Demands that at least {@code minimum} tests passed on the image and at most {@code failures} failed. The newest result of every
 * suite counts, so that a suite that passed later does not hide another that failed. A suite that first failed and then passed on
 * the same digest is refused unless reruns are allowed, since the image did not change in between.
 *
 * @param warned the most tests that may have passed only with a warning; empty for any number
 * @param skipped the most tests that may not have run; empty for any number, also an unknown one
 */
public record TestsRule(
        long minimum, long failures, Optional<Long> warned, Optional<Long> skipped, boolean rerunsAllowed, Trust trust)
        implements EvidenceRule {
    public static final String KIND = "tests";
    private static final String NOUN = "test result";

    @Override
    public String id() {
        return KIND;
    }

    @Override
    public boolean misses(RuleInput image, RecordedStatement signed) {
        if (!LatestEvidence.isOfInterest(image.digest(), PredicateTypes.TEST_RESULT, trust, signed)) {
            return false;
        }
        Optional<RecordedTests> tests = signed.tests();
        if (tests.isEmpty()
                || (!rerunsAllowed && fails(tests.get().result(), tests.get().failed()))) {
            return true;
        }
        List<VerifiedEvidence> same =
                LatestEvidence.believed(image, image.digest(), PredicateTypes.TEST_RESULT, trust).stream()
                        .filter(evidence -> isOf(tests.get().suite(), evidence))
                        .toList();
        return !LatestEvidence.isReplaced(signed, same);
    }

    /** Whether a missing result would be the newest of its suite, or may be. */
    static boolean misses(RuleInput image, Digest about, Trust trust, RecordedStatement signed) {
        if (!LatestEvidence.isOfInterest(about, PredicateTypes.TEST_RESULT, trust, signed)) {
            return false;
        }
        List<VerifiedEvidence> believed = LatestEvidence.believed(image, about, PredicateTypes.TEST_RESULT, trust);
        return signed.tests()
                .map(tests -> !LatestEvidence.isReplaced(
                        signed,
                        believed.stream()
                                .filter(evidence -> isOf(tests.suite(), evidence))
                                .toList()))
                .orElse(true);
    }

    /**
     * Returns the newest results of every suite.
     *
     * @throws InvalidInputException if there is none, or one cannot be read
     */
    public static List<TestResult> newest(RuleInput image, Trust trust) throws InvalidInputException {
        LatestEvidence.deciding(image, image.digest(), PredicateTypes.TEST_RESULT, NOUN, trust);
        Map<VerifiedEvidence, TestResult> results = new LinkedHashMap<>();
        Map<String, List<VerifiedEvidence>> suites = new LinkedHashMap<>();
        for (VerifiedEvidence evidence :
                LatestEvidence.believed(image, image.digest(), PredicateTypes.TEST_RESULT, trust)) {
            try {
                TestResult result = TestResult.parse(evidence.statement());
                results.put(evidence, result);
                suites.computeIfAbsent(result.suite(), suite -> new ArrayList<>())
                        .add(evidence);
            } catch (InvalidInputException e) {
                throw new InvalidInputException("a " + NOUN + " cannot be read: " + e.getMessage(), e);
            }
        }
        List<VerifiedEvidence> newest = suites.values().stream()
                .flatMap(suite -> LatestEvidence.newest(suite).stream())
                .toList();
        LatestEvidence.requireProven(newest, NOUN, trust);
        return newest.stream().map(results::get).toList();
    }

    @Override
    public ConsultedEvidence asks() {
        return new ConsultedEvidence.Every(PredicateTypes.TEST_RESULT);
    }

    @Override
    public Outcome judge(RuleInput image) {
        List<VerifiedEvidence> believed =
                LatestEvidence.believed(image, image.digest(), PredicateTypes.TEST_RESULT, trust);
        Optional<Outcome> refusal =
                LatestEvidence.refusal(image, image.digest(), PredicateTypes.TEST_RESULT, NOUN, trust, believed);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Map<VerifiedEvidence, TestResult> results = new LinkedHashMap<>();
        Map<String, List<VerifiedEvidence>> suites = new LinkedHashMap<>();
        for (VerifiedEvidence evidence : believed) {
            try {
                TestResult result = TestResult.parse(evidence.statement());
                results.put(evidence, result);
                suites.computeIfAbsent(result.suite(), suite -> new ArrayList<>())
                        .add(evidence);
            } catch (InvalidInputException e) {
                // Its suite is unknown, so it may be the newest of any.
                return Outcome.failed("a " + NOUN + " cannot be read: " + e.getMessage(), List.of(evidence));
            }
        }
        return judge(suites, results);
    }

    private Outcome judge(Map<String, List<VerifiedEvidence>> suites, Map<VerifiedEvidence, TestResult> results) {
        List<VerifiedEvidence> decided = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        long passed = 0;
        long notRun = 0;
        List<String> failed = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (Map.Entry<String, List<VerifiedEvidence>> suite : suites.entrySet()) {
            List<VerifiedEvidence> newest = LatestEvidence.newest(suite.getValue());
            decided.addAll(newest);
            List<TestResult> now = newest.stream().map(results::get).toList();
            passed += now.stream().mapToLong(r -> r.passed().size()).min().orElse(0);
            now.stream()
                    .flatMap(r -> r.failed().stream())
                    .distinct()
                    .forEach(test -> failed.add(suite.getKey() + ": " + test));
            now.stream()
                    .flatMap(r -> r.warnings().stream())
                    .distinct()
                    .forEach(test -> warnings.add(suite.getKey() + ": " + test));
            Optional<Long> most = mostSkipped(now);
            notRun += most.orElse(0L);
            if (skipped.isPresent() && most.isEmpty()) {
                problems.add("suite '" + suite.getKey() + "' does not say how many tests were skipped, at most "
                        + skipped.get() + " allowed");
            }
            if (warned.isPresent() && now.stream().anyMatch(TestResult::isOfUnknownWarnings)) {
                problems.add("suite '" + suite.getKey() + "' passed with warnings and does not tell how many");
            }
            if (now.stream().anyMatch(r -> r.passed().isEmpty())) {
                silent.add(suite.getKey());
            }
            if (now.stream().anyMatch(this::fails)) {
                problems.add("suite '" + suite.getKey() + "' failed");
            } else if (!rerunsAllowed
                    && suite.getValue().stream().map(results::get).anyMatch(this::fails)) {
                problems.add("suite '" + suite.getKey() + "' failed before it passed on the same image;"
                        + " build the image anew, or let the policy say reruns: allow");
            }
        }
        trust.proof().refusal(decided, NOUN).ifPresent(problems::add);
        if (failed.size() > failures) {
            problems.add(Count.of(failed.size(), "failed test") + ", at most " + failures + " allowed: "
                    + Outcome.summary(failed));
        }
        if (warned.isPresent() && warnings.size() > warned.get()) {
            problems.add(Count.of(warnings.size(), "test") + " passed only with a warning, at most " + warned.get()
                    + " allowed: " + Outcome.summary(warnings));
        }
        if (skipped.isPresent() && notRun > skipped.get()) {
            problems.add(Count.of(notRun, "test") + " skipped, at most " + skipped.get() + " allowed");
        }
        if (passed < minimum) {
            problems.add(Count.of(passed, "test") + " passed, at least " + minimum + " must pass"
                    + (silent.isEmpty() ? "" : "; no test that passed is named of " + Outcome.summary(silent)));
        }
        return problems.isEmpty()
                ? new Outcome(
                        Status.PASSED,
                        Count.of(passed, "test") + " of " + named(suites) + " passed"
                                + (notRun == 0 ? "" : ", " + notRun + " skipped"),
                        failed,
                        decided)
                : new Outcome(Status.FAILED, Outcome.summary(problems), failed, decided);
    }

    /** The largest number of skipped tests of results that decide together; empty if one of them does not say. */
    private static Optional<Long> mostSkipped(List<TestResult> results) {
        return results.stream().anyMatch(result -> result.skipped().isEmpty())
                ? Optional.empty()
                : results.stream().map(result -> result.skipped().orElseThrow()).max(Long::compareTo);
    }

    /** Whether the failures are within the allowed number; never for a failed suite that does not name the failed tests. */
    private boolean fails(TestResult result) {
        return fails(result.result(), result.failed().size());
    }

    private boolean fails(TestResult.Outcome result, long failed) {
        return result == TestResult.Outcome.FAILED && (failed == 0 || failed > failures);
    }

    private static boolean isOf(String suite, VerifiedEvidence evidence) {
        try {
            return TestResult.parse(evidence.statement()).suite().equals(suite);
        } catch (InvalidInputException e) {
            return false; // the rule refuses it by itself
        }
    }

    private static String named(Map<String, List<VerifiedEvidence>> suites) {
        return Outcome.summary(suites.keySet().stream().sorted().toList());
    }
}
