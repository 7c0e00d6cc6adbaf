package io.jenkins.plugins.airworthy.evidence;

import java.util.List;

/**
 * What one test suite said of one image (in-toto test-result predicate, version 0.1).
 *
 * @param suite which tests these were, for example {@code junit} or the name of a structure-test file; results of one
 *     suite replace each other, results of different suites must all pass
 */
public record TestResult(String suite, Outcome result, List<String> passed, List<String> warned, List<String> failed) {
    public TestResult {
        passed = List.copyOf(passed);
        warned = List.copyOf(warned);
        failed = List.copyOf(failed);
    }

    /** The words of the predicate's specification. */
    public enum Outcome {
        PASSED,
        WARNED,
        FAILED
    }
}
