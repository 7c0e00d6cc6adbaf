package io.jenkins.plugins.airworthy.testing;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.evidence.TestResult.Configuration;
import io.jenkins.plugins.airworthy.evidence.TestResult.Outcome;
import io.jenkins.plugins.airworthy.testing.TestCase.Status;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The outcome of one test suite for one image, with reasons. A report in which no test ran cannot become a result, since it did
 * not pass.
 *
 * @param suite the name of the suite; the newest result of a suite counts
 * @param files the files that the tests or their results were read from, by digest
 */
public record TestReport(String suite, List<Configuration> files, List<TestCase> cases) {
    public TestReport {
        files = List.copyOf(files);
        cases = List.copyOf(cases);
    }

    public boolean passed() {
        return count(Status.FAILED) == 0 && count(Status.PASSED) + count(Status.WARNED) > 0;
    }

    public int count(Status status) {
        return (int) cases.stream().filter(test -> test.status() == status).count();
    }

    /** Returns the number of tests with each result, for example {@code 3 passed, 1 failed}. */
    public String counts() {
        return Arrays.stream(Status.values())
                .filter(status -> count(status) > 0)
                .map(status -> count(status) + " " + status.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** Returns the result to sign. None of its lists contains skipped tests; it has their number. */
    public TestResult toResult() throws InvalidInputException {
        if (suite.isBlank() || suite.length() > TestResult.MAX_NAME_LENGTH) {
            throw new InvalidInputException(
                    "a suite of tests has a name of 1 to " + TestResult.MAX_NAME_LENGTH + " characters");
        }
        if (cases.size() > TestResult.MAX_TESTS) {
            throw new InvalidInputException(
                    "suite " + suite + ": more than the allowed " + TestResult.MAX_TESTS + " tests");
        }
        if (count(Status.SKIPPED) == cases.size()) {
            throw new InvalidInputException("suite " + suite + ": no test ran"
                    + (cases.isEmpty() ? "" : ", all " + cases.size() + " were skipped")
                    + "; that does not count as passed");
        }
        List<String> passed = new ArrayList<>();
        List<String> warned = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        Map<String, Integer> taken = new HashMap<>();
        for (TestCase test : cases) {
            if (test.status() != Status.SKIPPED) {
                List<String> list =
                        test.status() == Status.PASSED ? passed : test.status() == Status.WARNED ? warned : failed;
                list.add(unique(test.name(), taken));
            }
        }
        Outcome outcome = !failed.isEmpty() ? Outcome.FAILED : warned.isEmpty() ? Outcome.PASSED : Outcome.WARNED;
        return new TestResult(suite, outcome, passed, warned, failed, files, Optional.of((long) count(Status.SKIPPED)));
    }

    /** Makes names unique, since with one name for two tests a failure would look like a pass. */
    private static String unique(String name, Map<String, Integer> taken) {
        String base = name.isBlank() ? "unnamed" : name;
        if (base.length() > TestResult.MAX_NAME_LENGTH) {
            base = cut(base, TestResult.MAX_NAME_LENGTH - 1) + "…";
        }
        String free = base;
        // Numbering continues from the last number, since a report of one repeated name would otherwise take quadratic
        // time.
        for (int number = taken.getOrDefault(base, 1); taken.containsKey(free); ) {
            number++;
            String suffix = " (" + number + ")";
            free = cut(base, TestResult.MAX_NAME_LENGTH - suffix.length()) + suffix;
            taken.put(base, number);
        }
        taken.put(free, 1);
        return free;
    }

    /** Cuts a text, but not between the two halves of a surrogate pair. */
    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }
}
