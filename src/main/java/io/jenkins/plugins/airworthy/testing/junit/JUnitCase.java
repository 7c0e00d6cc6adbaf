package io.jenkins.plugins.airworthy.testing.junit;

import io.jenkins.plugins.airworthy.testing.TestCase;
import io.jenkins.plugins.airworthy.testing.TestCase.Status;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** One {@code testcase} element while it is read: its attributes and the outcomes in it. */
final class JUnitCase {
    private static final Set<String> FAILED = Set.of("fail", "failed", "failure", "error");
    private static final Set<String> NOT_RUN = Set.of("notrun", "disabled", "skipped", "suppressed", "pending");

    private final String name;
    private final Set<String> words;
    private final Set<String> outcomes = new HashSet<>();
    private int attempts;

    /**
     * @param words the attributes {@code status} and {@code result}, in which GoogleTest says that a test did not run
     */
    JUnitCase(String className, String name, List<String> words) {
        this.name = className.isEmpty() ? name : className + "." + name;
        this.words = new HashSet<>();
        words.forEach(word -> this.words.add(word.toLowerCase(Locale.ROOT)));
    }

    void outcome(String element) {
        outcomes.add(element);
        if (element.startsWith("rerun") || element.startsWith("flaky")) {
            attempts++;
        }
    }

    /** Returns whether any attempt failed, even if a later one passed. */
    boolean hasFailedOnce() {
        return attempts > 0 || has("failure") || has("error") || words.stream().anyMatch(FAILED::contains);
    }

    private boolean has(String element) {
        return outcomes.contains(element);
    }

    TestCase toTestCase(String file) {
        if (has("failure") || has("error") || words.stream().anyMatch(FAILED::contains)) {
            return new TestCase(name, Status.FAILED, List.of("failed, see " + file));
        }
        if (has("skipped") || words.stream().anyMatch(NOT_RUN::contains)) {
            return new TestCase(name, Status.SKIPPED, List.of());
        }
        if (has("rerunFailure") || has("rerunError")) {
            return new TestCase(name, Status.FAILED, List.of("failed again and again, see " + file));
        }
        if (attempts > 0) {
            return new TestCase(
                    name, Status.WARNED, List.of("passed only after " + attempts + " failed attempts, see " + file));
        }
        return new TestCase(name, Status.PASSED, List.of());
    }
}
