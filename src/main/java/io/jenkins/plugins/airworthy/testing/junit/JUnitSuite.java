package io.jenkins.plugins.airworthy.testing.junit;

import io.jenkins.plugins.airworthy.testing.TestCase;
import io.jenkins.plugins.airworthy.testing.TestCase.Status;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One {@code testsuite} or {@code testsuites} element while it is read: whether it counts failures, and whether any was
 * found in it. Other counts are not compared, since tools count attempts, assertions, requests or parts of a test in them.
 */
final class JUnitSuite {
    private static final Pattern NONE = Pattern.compile("\\s*\\+?0*(\\.0*)?\\s*");

    private final String name;
    private final String failures;
    private final String errors;
    private boolean failed;

    /** Takes the attributes as written; an absent or empty count is 0. */
    JUnitSuite(String name, String failures, String errors) {
        this.name = name.isBlank() ? "suite" : name;
        this.failures = failures;
        this.errors = errors;
    }

    void add(JUnitCase test) {
        failed |= test.hasFailedOnce();
    }

    void add(JUnitSuite inner) {
        failed |= inner.failed;
    }

    /** Returns the suite's own failure as a failed test with the suite's name. */
    TestCase brokenBy(String element, String file) {
        failed = true;
        return new TestCase(name, Status.FAILED, List.of("the suite itself has a '" + element + "', see " + file));
    }

    /** Returns a failed test if the suite counts failures but no test failed, since such a suite must not pass. */
    Optional<TestCase> untoldFailure(String file) {
        if (failed || (NONE.matcher(failures).matches() && NONE.matcher(errors).matches())) {
            return Optional.empty();
        }
        failed = true;
        return Optional.of(new TestCase(
                name,
                Status.FAILED,
                List.of("the suite counts failures=\"" + failures + "\" and errors=\"" + errors
                        + "\", but no test in it failed, see " + file)));
    }
}
