package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictJson;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The result of one test suite for one image
 * (<a href="https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md">in-toto test result</a>, version 0.1).
 * Refuses a result that contradicts its own lists, a test that both passed and failed, and more tests than {@value #MAX_TESTS}.
 *
 * @param suite which tests these were, for example {@code junit} or the name of a structure-test file; results of one
 *     suite replace each other, results of different suites must all pass
 * @param configuration the files that the tests were read from; empty if the maker named none by digest
 * @param skipped how many tests did not run; empty if the maker does not say
 */
public record TestResult(
        String suite,
        Outcome result,
        List<String> passed,
        List<String> warned,
        List<String> failed,
        List<Configuration> configuration,
        Optional<Long> skipped) {
    /** How many tests one result may name. */
    public static final int MAX_TESTS = 50_000;

    /** How many files one result may name. */
    public static final int MAX_CONFIGURATION = 5_000;

    /** How many characters the name of a test, a suite or a file may have. */
    public static final int MAX_NAME_LENGTH = 500;

    /** The annotation of each configuration that names the suite; the predicate has no place of its own for it. */
    public static final String SUITE = "io.jenkins.plugins.airworthy/suite";

    /** The annotation of each configuration with the number of skipped tests of the suite, which has no place of its own either. */
    public static final String SKIPPED = "io.jenkins.plugins.airworthy/skipped";

    /** Stands for tests that a result counts among the failed ones, or those with a warning, without a name. */
    private static final List<String> UNNAMED = List.of("a test that the result does not name");

    private static final Set<String> MEMBERS =
            Set.of("result", "configuration", "url", "passedTests", "warnedTests", "failedTests");

    public TestResult {
        passed = List.copyOf(passed);
        warned = List.copyOf(warned);
        failed = List.copyOf(failed);
        configuration = List.copyOf(configuration);
    }

    public TestResult(String suite, Outcome result, List<String> passed, List<String> warned, List<String> failed) {
        this(suite, result, passed, warned, failed, List.of());
    }

    /** A result that does not say how many tests were skipped. */
    public TestResult(
            String suite,
            Outcome result,
            List<String> passed,
            List<String> warned,
            List<String> failed,
            List<Configuration> configuration) {
        this(suite, result, passed, warned, failed, configuration, Optional.empty());
    }

    /** The failed tests; one at least if the suite failed, since the lists of the predicate are optional. */
    public List<String> failures() {
        return result == Outcome.FAILED && failed.isEmpty() ? UNNAMED : failed;
    }

    /** The tests that passed only with a warning; one at least if the result says so. */
    public List<String> warnings() {
        return isOfUnknownWarnings() ? UNNAMED : warned;
    }

    /** Whether there were warnings, of which the result tells neither names nor number. */
    public boolean isOfUnknownWarnings() {
        return result == Outcome.WARNED && warned.isEmpty();
    }

    /** The words of the predicate's specification. */
    public enum Outcome {
        PASSED,
        WARNED,
        FAILED;

        static Optional<Outcome> of(String word) {
            for (Outcome outcome : values()) {
                if (outcome.name().equals(word)) {
                    return Optional.of(outcome);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * A file of tests or of their results.
     *
     * @param sha256 hexadecimal, of its bytes; absent when the maker used another algorithm
     */
    public record Configuration(String name, Optional<String> sha256) {}

    /** Reads the predicate of a statement. */
    public static TestResult parse(Statement statement) throws InvalidInputException {
        JsonObject json = statement.predicateObject();
        if (!statement.predicateType().equals(PredicateTypes.TEST_RESULT)) {
            throw new InvalidInputException(
                    json.what() + ": is not a test result, expected the predicate type " + PredicateTypes.TEST_RESULT);
        }
        json.allowOnly(MEMBERS);
        String word = json.string("result");
        Outcome result = Outcome.of(word)
                .orElseThrow(() -> json.error("result", "'" + word + "' is not one of PASSED, WARNED, FAILED"));
        TestResultConfiguration configuration = TestResultConfiguration.parse(json);
        List<String> passed = names(json, "passedTests");
        List<String> warned = names(json, "warnedTests");
        List<String> failed = names(json, "failedTests");
        if (passed.size() + warned.size() + failed.size() > MAX_TESTS) {
            throw json.error("passedTests", "more than the allowed " + MAX_TESTS + " tests");
        }
        if (result != Outcome.FAILED && !failed.isEmpty()) {
            throw json.error("result", result + " although failedTests is not empty");
        }
        if (result == Outcome.PASSED && !warned.isEmpty()) {
            throw json.error("result", "PASSED although warnedTests is not empty");
        }
        Set<String> others = new HashSet<>(warned);
        others.addAll(failed);
        for (String name : passed) {
            if (others.contains(name)) {
                throw json.error("passedTests", "'" + name + "' is also among those that did not pass");
            }
        }
        return new TestResult(
                configuration.suite(), result, passed, warned, failed, configuration.files(), configuration.skipped());
    }

    /** The statement that an image had this result. */
    public Statement toStatement(Subject image, Observation seen) {
        ObjectNode json = StrictJson.object();
        json.put("result", result.name());
        ArrayNode files = json.putArray("configuration");
        configuration.forEach(file -> files.add(TestResultConfiguration.toJson(suite, file, skipped)));
        passed.forEach(json.putArray("passedTests")::add);
        warned.forEach(json.putArray("warnedTests")::add);
        failed.forEach(json.putArray("failedTests")::add);
        return new Statement(image, Optional.of(seen), PredicateTypes.TEST_RESULT, json);
    }

    private static List<String> names(JsonObject json, String member) throws InvalidInputException {
        List<String> names = new ArrayList<>();
        for (String name : json.strings(member)) {
            if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
                throw json.error(
                        member + "[" + names.size() + "]", "a name has 1 to " + MAX_NAME_LENGTH + " characters");
            }
            names.add(name);
        }
        return names;
    }
}
