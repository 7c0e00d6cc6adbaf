package io.jenkins.plugins.airworthy.testing.junit;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.evidence.TestResult.Configuration;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.testing.TestCase;
import io.jenkins.plugins.airworthy.testing.TestReport;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the JUnit reports of one build as one suite, {@value #SUITE}. Refuses patterns that match no file, files outside
 * the folder, and reports of an older build.
 */
public final class JUnitReports {
    /** The name of the suite that contains all reports of a build. */
    public static final String SUITE = "junit";

    private JUnitReports() {}

    /**
     * Reads every file that a pattern matches.
     *
     * @param folder the patterns are relative to it, and nothing outside is read
     * @param patterns with {@code *}, {@code ?}, and {@code **} for any number of folders
     * @param notBefore when the build began; a report written earlier, or one that says so, is of another build
     */
    public static TestReport read(Path folder, List<String> patterns, Optional<Instant> notBefore)
            throws AirworthyException, InterruptedException {
        List<Configuration> files = new ArrayList<>();
        List<TestCase> cases = new ArrayList<>();
        for (ReportFile file : ReportFiles.find(folder, patterns)) {
            file.refuseIfOlderThan(notBefore);
            byte[] bytes = file.read();
            Digest digest = Digest.of(bytes);
            for (TestCase test : JUnitReportReader.read(bytes, file.name(), notBefore)) {
                cases.add(test);
                if (cases.size() > TestResult.MAX_TESTS) {
                    throw new InvalidInputException(
                            file.name() + ": brings the tests to more than the allowed " + TestResult.MAX_TESTS);
                }
            }
            files.add(new Configuration(file.name(), Optional.of(digest.hex())));
        }
        return new TestReport(SUITE, files, cases);
    }
}
