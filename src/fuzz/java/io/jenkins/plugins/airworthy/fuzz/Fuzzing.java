package io.jenkins.plugins.airworthy.fuzz;

import org.junit.jupiter.api.DynamicTest;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What every build does with a room's targets: the seeds, the corpus, and some inputs, the same each time. */
public final class Fuzzing {
    private static final long SEED = Long.getLong("airworthy.fuzz.seed", 20261123);

    private Fuzzing() {}

    public static Stream<DynamicTest> of(List<Target> targets) {
        return targets.stream().map(target -> DynamicTest.dynamicTest(target.name(), () -> check(target)));
    }

    private static void check(Target target) throws InterruptedException {
        require(new Fuzzer(target).replay());
        require(new Fuzzer(target).run(SEED, 0, target.pace().everyBuild()));
    }

    private static void require(Fuzzer.Result result) {
        if (result.findings().isEmpty()) {
            return;
        }
        AssertionError error = new AssertionError(result.findings().stream()
                .map(finding -> finding.text() + "\n  " + Corpus.save(finding))
                .collect(Collectors.joining("\n")));
        result.findings().forEach(finding -> finding.cause().ifPresent(error::addSuppressed));
        throw error;
    }

    /** Says what is wrong with what was accepted. */
    public static void hold(boolean condition, String claim) {
        if (!condition) {
            throw new AssertionError(claim);
        }
    }
}
