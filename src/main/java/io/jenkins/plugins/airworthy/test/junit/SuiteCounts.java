package io.jenkins.plugins.airworthy.test.junit;

import java.util.Optional;
import java.util.OptionalInt;

/** What a suite says it holds, and what it does hold, itself and with the suites in it. */
final class SuiteCounts {
    private final OptionalInt declaredTests;
    private final OptionalInt declaredFailures;
    private final OptionalInt declaredErrors;
    private final OptionalInt declaredSkipped;
    private final Numbers own = new Numbers();
    private final Numbers all = new Numbers();

    SuiteCounts(OptionalInt tests, OptionalInt failures, OptionalInt errors, OptionalInt skipped) {
        this.declaredTests = tests;
        this.declaredFailures = failures;
        this.declaredErrors = errors;
        this.declaredSkipped = skipped;
    }

    void add(JUnitCase test) {
        own.add(test);
        all.add(test);
    }

    void add(SuiteCounts inner) {
        all.add(inner.all);
    }

    /**
     * What does not agree. Some tools count what is in inner suites and some do not; and Surefire counts every attempt of a
     * test that it ran again.
     */
    Optional<String> contradiction() {
        return disagree("tests", declaredTests, own.tests, all.tests, all.attempts)
                .or(() -> disagree("failures", declaredFailures, own.failures, all.failures, all.attempts))
                .or(() -> disagree("errors", declaredErrors, own.errors, all.errors, all.attempts))
                .or(() -> disagree("skipped", declaredSkipped, own.skipped, all.skipped, 0));
    }

    private static Optional<String> disagree(String what, OptionalInt declared, int own, int all, int attempts) {
        if (declared.isEmpty()
                || declared.getAsInt() == own
                || (declared.getAsInt() >= all && declared.getAsInt() <= all + attempts)) {
            return Optional.empty();
        }
        return Optional.of("says " + what + "=\"" + declared.getAsInt() + "\" but holds " + all);
    }

    private static final class Numbers {
        private int tests;
        private int failures;
        private int errors;
        private int skipped;
        private int attempts;

        void add(JUnitCase test) {
            tests++;
            failures += test.has("failure") ? 1 : 0;
            errors += test.has("error") ? 1 : 0;
            skipped += test.has("skipped") ? 1 : 0;
            attempts += test.attempts();
        }

        void add(Numbers other) {
            tests += other.tests;
            failures += other.failures;
            errors += other.errors;
            skipped += other.skipped;
            attempts += other.attempts;
        }
    }
}
