package io.jenkins.plugins.airworthy.testing;

import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;

/** Reports of tests on their way between machines. */
public final class TestFilesFuzzTest {
    private static final String REPORT =
            "{\"suite\":\"a.yaml\",\"files\":[{\"name\":\"a.yaml\",\"sha256\":\"" + "ab".repeat(32)
                    + "\"}],\"tests\":[{\"name\":\"one\",\"status\":\"PASSED\",\"reasons\":[]},"
                    + "{\"name\":\"one\",\"status\":\"FAILED\",\"reasons\":[\"why\"]},{\"name\":\"two\",\"status\":\"SKIPPED\",\"reasons\":[]}]}";

    @TestFactory
    Stream<DynamicTest> everyReportIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(Target.of("test-report", Form.JSON, TestFilesFuzzTest::read)
                .names(Target.SOURCE + "|suite ")
                .seeds(REPORT)
                .words("PASSED", "FAILED", "SKIPPED", "WARNED", "tests", "status", "reasons", "one", "one (2)"));
    }

    private static void read(byte[] input) throws Exception {
        TestReport read = TestReportJson.read(StrictJson.parseObject(input, Target.SOURCE, 1 << 22));
        hold(
                TestReportJson.read(StrictJson.parseObject(StrictJson.write(TestReportJson.write(read)), "x", 1 << 22))
                        .equals(read),
                "another report when it is read again");
        int tests = read.toResult().passed().size()
                + read.toResult().warned().size()
                + read.toResult().failed().size();
        hold(tests == read.cases().size() - read.count(TestCase.Status.SKIPPED), "a test is lost");
        hold(
                read.passed()
                        == (read.toResult().result()
                                != io.jenkins.plugins.airworthy.evidence.TestResult.Outcome.FAILED),
                "the result is not what the tests say");
    }
}
