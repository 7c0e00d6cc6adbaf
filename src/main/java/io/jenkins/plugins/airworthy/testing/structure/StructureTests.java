package io.jenkins.plugins.airworthy.testing.structure;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.evidence.TestResult.Configuration;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.testing.TestCase;
import io.jenkins.plugins.airworthy.testing.TestCase.Status;
import io.jenkins.plugins.airworthy.testing.TestReport;

import java.util.List;
import java.util.Optional;

/**
 * The tests of one structure-test file. Refuses a file without tests, unknown keys, and every test that would have to run
 * the image.
 */
public final class StructureTests {
    private final String name;
    private final Digest digest;
    private final List<StructureTest> tests;

    private StructureTests(String name, Digest digest, List<StructureTest> tests) {
        this.name = name;
        this.digest = digest;
        this.tests = List.copyOf(tests);
    }

    /**
     * Reads a file.
     *
     * @param name of the file, which becomes the name of the suite
     */
    public static StructureTests parse(byte[] bytes, String name) throws InvalidInputException {
        if (name.isBlank() || name.length() > TestResult.MAX_NAME_LENGTH) {
            throw new InvalidInputException(
                    "a structure-test file has a name of 1 to " + TestResult.MAX_NAME_LENGTH + " characters");
        }
        return new StructureTests(name, Digest.of(bytes), StructureTestFile.read(bytes, name));
    }

    /**
     * Refuses a report that is not of these tests: with another name, another file, or other tests than the file's in their
     * order.
     */
    public void requireReport(TestReport report) throws InvalidInputException {
        boolean same = report.suite().equals(name)
                && report.files().equals(List.of(new Configuration(name, Optional.of(digest.hex()))))
                && report.cases().stream()
                        .map(TestCase::name)
                        .toList()
                        .equals(tests.stream()
                                .map(test -> new TestCase(test.title(), Status.PASSED, List.of()).name())
                                .toList());
        if (!same) {
            throw new InvalidInputException("the report of suite '" + report.suite() + "' is not of the tests in '"
                    + name + "' that were to be run");
        }
    }

    /** Returns the name of the file, which is the name of the suite. */
    public String name() {
        return name;
    }

    /** Returns the digest of the file's bytes. */
    public Digest digest() {
        return digest;
    }

    List<StructureTest> tests() {
        return tests;
    }
}
