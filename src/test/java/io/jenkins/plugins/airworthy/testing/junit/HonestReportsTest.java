package io.jenkins.plugins.airworthy.testing.junit;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.testing.TestCase;
import io.jenkins.plugins.airworthy.testing.TestReport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Reports as current tools write them, whatever they count: read, and counted as Jenkins counts them. */
class HonestReportsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "PHPUnit counts inner suites|<testsuite tests='2'><testcase name='a'/><testsuite tests='1'><testcase name='b'/></testsuite></testsuite>|2 passed",
                "others do not|<testsuite tests='1'><testcase name='a'/><testsuite tests='1'><testcase name='b'/></testsuite></testsuite>|2 passed",
                "Surefire and a nested class|<testsuite tests='3'><testcase name='a'/><testcase name='b'/><testcase name='c'/><testcase name='N.d'/></testsuite>|4 passed",
                "Surefire, JUnit 5, reruns and real failures|<testsuite tests='3' failures='1'><testcase name='a'/><testcase name='b'/><testcase name='c'><failure/><rerunFailure/></testcase><testcase name='d'/></testsuite>|3 passed, 1 failed",
                "pytest counts subtests|<testsuites><testsuite tests='4' skipped='0'><testcase name='a'/></testsuite></testsuites>|1 passed",
                "pytest counts failing subtests|<testsuite tests='4' failures='2'><testcase name='a'><failure/></testcase></testsuite>|1 failed",
                "pytest-rerunfailures writes a test twice|<testsuite tests='1'><testcase name='a'/><testcase name='a'/></testsuite>|2 passed",
                "pytest, error at tear-down of what failed|<testsuite tests='1' errors='1' failures='1'><testcase name='a'><failure/></testcase><testcase name='a'><error/></testcase></testsuite>|2 failed",
                "node has tests outside of suites|<testsuites><testcase name='a'/></testsuites>|1 passed",
                "node and a failing one|<testsuites><testcase name='a'><failure/></testcase></testsuites>|1 failed",
                "node and a suite beside them|<testsuites><testcase name='a'/><testsuite tests='1'><testcase name='b'/></testsuite></testsuites>|2 passed",
                "jest-junit and what is to do|<testsuites tests='1'><testsuite tests='1'><testcase name='a'/><testcase name='b'><skipped/></testcase></testsuite></testsuites>|1 passed, 1 skipped",
                "mocha leaves skipped tests out|<testsuite tests='2' skipped='1'><testcase name='a'/></testsuite>|1 passed",
                "mocha and a hook that fails|<testsuite tests='4' failures='1'><testcase name='a'/><testcase name='b'/><testcase name='c'/><testcase name='d'/><testcase name='hook'><failure/></testcase></testsuite>|4 passed, 1 failed",
                "mocha counts one of two failing hooks|<testsuite tests='1' failures='1'><testcase name='h'><failure/></testcase><testcase name='i'><failure/></testcase></testsuite>|2 failed",
                "nose2 and a class that cannot be set up|<testsuite tests='7' errors='1'><testcase name='a'/><testcase name='setUpClass (x)'><error/></testcase></testsuite>|1 passed, 1 failed",
                "newman counts requests|<testsuites tests='1'><testsuite tests='2' failures='0'><testcase name='a'/><testcase name='b'/></testsuite></testsuites>|2 passed",
                "newman and failures that it does not count|<testsuites tests='1'><testsuite failures='0'><testcase name='a'/><testcase name='b'><failure/></testcase></testsuite></testsuites>|1 passed, 1 failed",
                "PHPUnit warns|<testsuite tests='1' warnings='1'><testcase name='a'><warning>w</warning></testcase></testsuite>|1 passed",
                "PHPUnit counts warnings as errors elsewhere|<testsuite tests='2' warnings='1'><testcase name='a'><warning/></testcase><testcase name='b'><error/></testcase></testsuite>|1 passed, 1 failed",
                "gotestsum could not build a package|<testsuites tests='0' errors='1'><testsuite tests='0' failures='1'><testcase name='TestMain'><failure/></testcase></testsuite></testsuites>|1 failed",
                "gotestsum, the process exited|<testsuite tests='0'><testcase name='TestMain'><failure/></testcase></testsuite>|1 failed",
                "Catch2 counts assertions|<testsuite tests='7' failures='0' errors='0'><testcase name='a'/></testsuite>|1 passed",
                "Catch2 and what may fail|<testsuite tests='2' failures='1'><testcase name='a'><failure/></testcase><testcase name='b'><failure/></testcase></testsuite>|2 failed",
                "doctest counts assertions|<testsuites><testsuite name='t' errors='0' failures='3' tests='20'><testcase name='a' status='run'><failure/><failure/><failure/></testcase></testsuite></testsuites>|1 failed",
                "Behat counts steps|<testsuites><testsuite tests='12' failures='0'><testcase name='a'/><testcase name='b'/></testsuite></testsuites>|2 passed",
                "Ant could not load a class|<testsuite name='s' tests='1' errors='1'><error/></testsuite>|1 failed",
                "Ant and the tests of others|<testsuite name='s' tests='1' errors='1'><error/><testcase name='a'/></testsuite>|1 passed, 1 failed",
                "Ant, nested|<testsuites><testsuite><testsuite errors='1'><error/></testsuite><testcase name='a'/></testsuite></testsuites>|1 passed, 1 failed",
                "numbers with a point|<testsuite tests='1.0' failures='0.0' errors=''><testcase name='a'/></testsuite>|1 passed",
                "numbers that are none|<testsuite tests='all'><testcase name='a'/></testsuite>|1 passed",
                "counts that are missing|<testsuites><testsuite><testcase/></testsuite></testsuites>|1 passed",
                "attachments|<testsuite tests='1'><testcase name='a'><attachments><attachment>x</attachment></attachments></testcase></testsuite>|1 passed",
                "elements that nobody knows|<testsuite><meta><x/></meta><testcase name='a'><rerun/></testcase></testsuite>|1 passed",
                "output that nobody escaped|<testsuite><testcase name='a'><system-out>a<b>c</b></system-out></testcase></testsuite>|1 passed",
                "container-structure-test|<testsuites failures='0' tests='1' time='0'><testsuite><testcase name='Metadata Test' time='0'/></testsuite></testsuites>|1 passed",
                "a document type by its name|<!DOCTYPE testsuite><testsuite><testcase name='a'/></testsuite>|1 passed",
                "nothing ran|<testsuite tests='0'/>|~~"
            })
    void countsWhatAToolWroteAsJenkinsDoes(String tool, String report, String counts) throws Exception {
        assertThat(counts(report)).isEqualTo(counts);
        assertThat(JenkinsCounts.of(report)).isEqualTo(counts);
    }

    /** Each difference has its reason in docs/image-tests.md: what failed is not a pass, and what is there is read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Surefire and a flaky test|<testsuite tests='1'><testcase name='a'/><testcase name='b'><flakyFailure/></testcase><testcase name='c'/></testsuite>|2 passed, 1 warned|3 passed",
                "Surefire counts attempts|<testsuite tests='2' failures='1'><testcase name='a'><flakyFailure/></testcase></testsuite>|1 warned|1 passed",
                "all attempts failed|<testsuite><testcase name='a'><rerunFailure/></testcase></testsuite>|1 failed|1 passed",
                "skipped and failed|<testsuite><testcase name='a'><skipped/><failure/></testcase></testsuite>|1 failed|1 skipped",
                "a suite's failure|<testsuite><failure/><testcase name='a'/></testsuite>|1 passed, 1 failed|1 passed",
                "two errors of a suite|<testsuite><error/><error/></testsuite>|2 failed|1 failed",
                "failures of which no test tells|<testsuite failures='1'><testcase name='a'/></testsuite>|1 passed, 1 failed|1 passed",
                "a status|<testsuite><testcase name='a' status='failed'/><testcase name='b' status='disabled'/></testsuite>|1 failed, 1 skipped|2 passed",
                "GoogleTest leaves a test out|<testsuite><testcase name='a' status='run' result='suppressed'/></testsuite>|1 skipped|1 passed",
                "a namespace|<j:testsuite xmlns:j='urn:x'><j:testcase name='a'/></j:testsuite>|1 passed|~~"
            })
    void countsOtherwiseThanJenkinsWhereThatIsSafer(String what, String report, String counts, String jenkins)
            throws Exception {
        assertThat(counts(report)).isEqualTo(counts);
        assertThat(JenkinsCounts.of(report)).isEqualTo(jenkins);
    }

    private static String counts(String report) throws InvalidInputException {
        List<TestCase> tests =
                JUnitReportReader.read(report.getBytes(StandardCharsets.UTF_8), "r.xml", Optional.empty());
        return new TestReport("junit", List.of(), tests).counts();
    }
}
