package io.jenkins.plugins.airworthy.testing.junit;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.testing.TestCase;
import io.jenkins.plugins.airworthy.testing.TestCase.Status;
import io.jenkins.plugins.airworthy.testing.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JUnitReportReaderTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<testcase name='t'/>|PASSED",
                "<testcase name='t'><system-out>out</system-out><properties><property name='a'/></properties></testcase>|PASSED",
                "<testcase name='t'><failure message='m'>trace</failure></testcase>|FAILED",
                "<testcase name='t'><error/></testcase>|FAILED",
                "<testcase name='t'><skipped/></testcase>|SKIPPED",
                "<testcase name='t'><skipped/><failure/></testcase>|FAILED",
                "<testcase name='t' status='notrun'/>|SKIPPED",
                "<testcase name='t' status='run' result='completed'/>|PASSED",
                "<testcase name='t' status='run' result='suppressed'/>|SKIPPED",
                "<testcase name='t' status='fail'/>|FAILED",
                "<testcase name='t'><flakyFailure><stackTrace>x</stackTrace></flakyFailure></testcase>|WARNED",
                "<testcase name='t'><flakyError/><flakyFailure/></testcase>|WARNED",
                "<testcase name='t'><failure/><rerunFailure><system-out/></rerunFailure></testcase>|FAILED",
                "<testcase name='t'><rerunFailure/></testcase>|FAILED"
            })
    void readsEveryOutcome(String testcase, Status status) throws Exception {
        assertThat(read("<testsuite>" + testcase + "</testsuite>"))
                .extracting(TestCase::status)
                .containsExactly(status);
    }

    @Test
    void namesTestsByClassAndName() throws Exception {
        assertThat(read("<testsuites><testsuite><testcase classname='a.B' name='c'/></testsuite></testsuites>"))
                .extracting(TestCase::name)
                .containsExactly("a.B.c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<testsuite failures='1'><testcase name='a'/></testsuite>|counts failures=\"1\"",
                "<testsuite name='s' errors='2'><testcase name='a'/></testsuite>|errors=\"2\", but no test in it failed",
                "<testsuites failures='1'><testsuite><testcase name='a'/></testsuite></testsuites>|but no test in it failed",
                "<testsuite failures='many'><testcase name='a'/></testsuite>|but no test in it failed",
                "<testsuite failures='-1'><testcase name='a'/></testsuite>|but no test in it failed",
                "<testsuite failures='1'><testcase name='a'><FAILURE/></testcase></testsuite>|but no test in it failed",
                "<testsuite><error/></testsuite>|the suite itself has a 'error'",
                "<testsuites><testsuite><properties><failure/></properties></testsuite></testsuites>|the suite itself has a 'failure'",
                "<testsuite><testcase name='a'><x:failure xmlns:x='u'/></testcase></testsuite>|failed, see r.xml",
                "<testsuite><testcase name='a'><properties><failure/></properties></testcase></testsuite>|failed, see r.xml",
                "<testsuite><testcase name='a'><testcase name='b'><error/></testcase></testcase></testsuite>|failed, see r.xml",
                "<testsuite><system-out><testcase name='a'><failure/></testcase></system-out></testsuite>|failed, see r.xml"
            })
    void aFailureIsNeverAPassWhereverItIsWritten(String report, String reason) throws Exception {
        assertThat(read(report))
                .filteredOn(test -> test.status() == Status.FAILED)
                .singleElement()
                .satisfies(test ->
                        assertThat(test.reasons()).singleElement().asString().contains(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<html/>|is not a JUnit report: it begins with 'html'",
                "<testcase name='a'/>|is not a JUnit report",
                "<testsuite>|is not well-formed",
                "<testsuite/><testsuite/>|is not well-formed",
                "junk|is not well-formed",
                "~~|is not well-formed"
            })
    void refusesDocumentsThatAreNotReports(String report, String reason) {
        assertThatThrownBy(() -> read(report))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("r.xml:")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<testsuite><testcase name='a'><failure>\u001b[31mred\u0000</failure></testcase></testsuite>",
                "<testsuite><testcase name='&#27;[31ma'><failure>&#x1B; &#xFFFE; &#0;</failure></testcase></testsuite>",
                "<?xml version='1.0' encoding='ISO-8859-1'?><testsuite><testcase name='a\u0001'><failure/></testcase></testsuite>"
            })
    void controlCharactersThatTestsPrintedHideNoFailure(String report) throws Exception {
        assertThat(read(report)).extracting(TestCase::status).containsExactly(Status.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE testsuite [<!ELEMENT testsuite ANY>]><testsuite/>",
                "<!DOCTYPE testsuite SYSTEM 'file:///etc/passwd'><testsuite name='&x;'/>",
                "<!DOCTYPE testsuite PUBLIC 'p' 'http://127.0.0.1:1/x'><testsuite/>",
                "<!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><testsuite name='&x;'><testcase name='&x;'/></testsuite>",
                "<!DOCTYPE t [<!ENTITY a 'aaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><testsuite><testcase name='&b;'/></testsuite>",
                "<!DOCTYPE t [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x'> %p;]><testsuite/>"
            })
    void refusesDocumentTypesAndEntities(String report) {
        assertThatThrownBy(() -> read(report)).hasMessageContaining("a document type definition is refused");
    }

    @Test
    void refusesEntityWithoutDeclaration() {
        assertThatThrownBy(() -> read("<testsuite><testcase name='a'>&x;</testcase></testsuite>"))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesDeepNesting() {
        assertThatThrownBy(() -> read("<testsuite>".repeat(80) + "</testsuite>".repeat(80)))
                .hasMessageContaining("nest deeper than 64");
    }

    @Test
    void aLongNameIsCutAndNotRefused() throws Exception {
        String report = "<testsuite><testcase name='" + "n".repeat(100_000) + "'/></testsuite>";

        assertThat(new TestReport("junit", List.of(), read(report)).toResult().passed())
                .singleElement()
                .asString()
                .hasSizeLessThanOrEqualTo(TestResult.MAX_NAME_LENGTH);
    }

    @Test
    void refusesMoreTestsThanAllowed() {
        assertThatThrownBy(() -> read("<testsuite>" + "<testcase name='a'/>".repeat(50_001) + "</testsuite>"))
                .hasMessageContaining("more than the allowed 50000 tests");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T11:59:59Z, true",
        "2026-11-23T13:30:00+02:00, true",
        "2026-11-23T12:00:00Z, false",
        "2026-11-22T23:59:59, true",
        "2026-11-23T00:00:00, false",
        "yesterday, false"
    })
    void aReportThatSaysItIsOfAnOlderBuildIsRefused(String timestamp, boolean refused) throws Exception {
        byte[] report = ("<testsuite timestamp='" + timestamp + "'><testcase name='a'/></testsuite>")
                .getBytes(StandardCharsets.UTF_8);
        Optional<Instant> began = Optional.of(Instant.parse("2026-11-23T12:00:00Z"));
        if (refused) {
            assertThatThrownBy(() -> JUnitReportReader.read(report, "r.xml", began))
                    .hasMessageContaining("before this build began");
        } else {
            assertThat(JUnitReportReader.read(report, "r.xml", began)).hasSize(1);
        }
    }

    private static List<TestCase> read(String report) throws InvalidInputException {
        return JUnitReportReader.read(report.getBytes(StandardCharsets.UTF_8), "r.xml", Optional.empty());
    }
}
