package io.jenkins.plugins.airworthy.defences;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

/**
 * Removes each defence, one at a time, and checks that the tests named with it fail: a check whose removal no test notices is not tested.
 * Takes minutes, so only the profile {@code defences} runs it.
 */
class RemovedDefences {
    private static final int AT_A_TIME = 2;
    private static final double NANOS = 1e9;

    @TempDir
    Path folder;

    private final ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME);
    private PrintStream out;

    @BeforeEach
    void openConsole() {
        out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    }

    @AfterEach
    void stopWorkers() {
        workers.shutdownNow();
    }

    @TestFactory
    List<DynamicTest> failsItsTests() throws Exception {
        List<Defence> defences = Defence.read(System.getProperty("airworthy.defences", ""));
        assertThat(defences).isNotEmpty();
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < defences.size(); i++) {
            Defence defence = defences.get(i);
            Trial trial = new Trial(defence, Files.createDirectories(folder.resolve("defence" + i)));
            Future<List<String>> end = workers.submit(() -> watched(defence, trial));
            tests.add(
                    dynamicTest(defence.toString(), () -> assertThat(end.get()).isEmpty()));
        }
        return tests;
    }

    private List<String> watched(Defence defence, Trial trial) throws Exception {
        long started = System.nanoTime();
        List<String> problems = trial.problems();
        out.printf(
                "%s %s, %d tests, %.1f s%n",
                problems.isEmpty() ? "missed:" : "NOT MISSED:",
                defence,
                defence.fails().size(),
                (System.nanoTime() - started) / NANOS);
        problems.forEach(problem -> out.println("    " + problem));
        return problems;
    }
}
