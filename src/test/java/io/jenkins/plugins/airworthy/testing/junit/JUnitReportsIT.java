package io.jenkins.plugins.airworthy.testing.junit;

import io.jenkins.plugins.airworthy.evidence.TestResult.Outcome;
import io.jenkins.plugins.airworthy.testing.TestReport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class JUnitReportsIT {
    @Test
    void readsWhatSurefireWroteOfThisProjectsOwnTests() throws Exception {
        Path reports = Path.of("target", "surefire-reports").toAbsolutePath();
        Assumptions.assumeTrue(
                Files.isDirectory(reports), "SKIPPED: run 'mvn verify', so that Surefire's tests run first");

        TestReport report = JUnitReports.read(reports, List.of("TEST-*.xml"), Optional.empty());

        assertThat(report.passed()).isTrue();
        assertThat(report.toResult().result()).isEqualTo(Outcome.PASSED);
    }
}
