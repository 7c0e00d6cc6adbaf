package io.jenkins.plugins.airworthy.testing.junit;

import io.jenkins.plugins.airworthy.testing.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reports that the tools themselves wrote, kept below {@code src/test/data/junit}: each has tests that pass, that fail with
 * text that needs escaping, and that are skipped, and where the tool knows it, something that cannot be started.
 */
class RealReportsTest {
    private static final Path REPORTS = Path.of("src", "test", "data", "junit").toAbsolutePath();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pytest.xml | 4 passed, 3 failed, 2 skipped",
                "gotestsum.xml | 2 passed, 3 failed, 1 skipped",
                "node.xml | 3 passed, 1 failed, 2 skipped",
                "jest.xml | 2 passed, 3 failed, 1 skipped",
                "vitest.xml | 1 passed, 2 failed, 1 skipped",
                "bats.xml | 1 passed, 1 failed, 1 skipped",
                "phpunit.xml | 3 passed, 2 failed, 1 skipped",
                "catch2.xml | 2 passed, 3 failed",
                "surefire-closed.xml | 1 failed"
            })
    void countsRealReportsAsJenkinsDoes(String file, String counts) throws Exception {
        assertThat(read(file).counts()).isEqualTo(counts);
        assertThat(JenkinsCounts.of(Files.readString(REPORTS.resolve(file)))).isEqualTo(counts);
    }

    /** Jenkins calls it passed. */
    @Test
    void warnsOfTestsThatPassedTheSecondTime() throws Exception {
        assertThat(read("surefire-cart.xml").counts()).isEqualTo("3 passed, 1 warned, 2 failed, 1 skipped");
        assertThat(JenkinsCounts.of(Files.readString(REPORTS.resolve("surefire-cart.xml"))))
                .isEqualTo("4 passed, 2 failed, 1 skipped");
    }

    @Test
    void theNamesOfFailedTestsAreKept() throws Exception {
        assertThat(read("node.xml").toResult().failed()).anyMatch(name -> name.contains("adds <wrongly>"));
        assertThat(read("gotestsum.xml").toResult().failed())
                .anyMatch(name -> name.contains("TestTotal/of_<three>"))
                .anyMatch(name -> name.contains("TestMain"));
        assertThat(read("phpunit.xml").toResult().failed()).anyMatch(name -> name.contains("testClosed"));
    }

    @Test
    void readsEveryRealReport() throws Exception {
        try (Stream<Path> files = Files.list(REPORTS)) {
            assertThat(files.filter(file -> file.toString().endsWith(".xml"))).hasSize(10);
        }
        assertThat(JUnitReports.read(REPORTS, List.of("*.xml"), Optional.empty())
                        .counts())
                .isEqualTo("21 passed, 1 warned, 21 failed, 10 skipped");
    }

    private static TestReport read(String file) throws Exception {
        return JUnitReports.read(REPORTS, List.of(file), Optional.empty());
    }
}
