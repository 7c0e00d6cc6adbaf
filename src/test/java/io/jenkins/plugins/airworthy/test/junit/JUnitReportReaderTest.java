package io.jenkins.plugins.airworthy.test.junit;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.test.TestCase;
import io.jenkins.plugins.airworthy.test.TestCase.Status;
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
    void outcomes(String testcase, Status status) throws Exception {
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
    @ValueSource(
            strings = {
                "<testsuite tests='2' failures='1' errors='1' skipped='0'><testcase name='a'><failure/></testcase><testcase name='b'><error/></testcase></testsuite>",
                // Inner suites counted in the outer one, as PHPUnit does it, and not counted.
                "<testsuite tests='2'><testcase name='a'/><testsuite tests='1'><testcase name='b'/></testsuite></testsuite>",
                "<testsuite tests='1'><testcase name='a'/><testsuite tests='1'><testcase name='b'/></testsuite></testsuite>",
                // Every attempt counted, as Surefire does it.
                "<testsuite tests='2' failures='1'><testcase name='a'><flakyFailure/></testcase></testsuite>",
                "<testsuite tests='3' failures='3'><testcase name='a'><failure/><rerunFailure/><rerunFailure/></testcase></testsuite>",
                // What container-structure-test writes.
                "<testsuites failures='0' tests='1' time='0'><testsuite><testcase name='Metadata Test' time='0'/></testsuite></testsuites>",
                "<testsuite tests='0'/>"
            })
    void acceptsCountsThatAgree(String report) throws Exception {
        assertThat(read(report)).allSatisfy(test -> assertThat(test.name()).isNotEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "<testsuite tests='2'><testcase name='a'/></testsuite>|says tests=\"2\" but holds 1",
                "<testsuite tests='1'><testcase name='a'/><testcase name='b'/></testsuite>|says tests=\"1\" but holds 2",
                "<testsuite failures='1'><testcase name='a'/></testsuite>|says failures=\"1\" but holds 0",
                "<testsuite failures='0'><testcase name='a'><failure/></testcase></testsuite>|says failures=\"0\" but holds 1",
                "<testsuite errors='1'><testcase name='a'/></testsuite>|says errors=\"1\"",
                "<testsuite skipped='1'><testcase name='a'/></testsuite>|says skipped=\"1\"",
                "<testsuites failures='1'><testsuite><testcase name='a'/></testsuite></testsuites>|says failures=\"1\"",
                "<testsuite tests='-1'/>|is no count",
                "<testsuite tests='many'/>|is no count",
                "<testsuite tests='99999999999'/>|is no count",
                "<testsuite><error/></testsuite>|'error' does not belong into 'testsuite'",
                "<testsuite><testcase name='a'><FAILURE/></testcase></testsuite>|'FAILURE' does not belong",
                "<testsuite><testcase name='a'><x:failure xmlns:x='u'/></testcase></testsuite>|does not belong",
                "<testsuite><system-out><testcase name='a'/></system-out></testsuite>|does not belong into 'system-out'",
                "<testsuite><testcase name='a'><testcase name='b'/></testcase></testsuite>|does not belong into 'testcase'",
                "<html/>|is no JUnit report: it begins with 'html'",
                "<testsuite xmlns='urn:x'/>|is no JUnit report",
                "<testsuite>|is not well-formed",
                "<testsuite/><testsuite/>|is not well-formed",
                "junk|is not well-formed",
                "~~|is not well-formed"
            })
    void refusesWhatContradictsItself(String report, String reason) {
        assertThatThrownBy(() -> read(report))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("r.xml:")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE testsuite><testsuite/>",
                "<!DOCTYPE testsuite SYSTEM 'file:///etc/passwd'><testsuite/>",
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
        assertThatThrownBy(() -> read("<testsuite>".repeat(40) + "</testsuite>".repeat(40)))
                .hasMessageContaining("nest deeper than 32");
    }

    @Test
    void refusesLongAttributes() {
        String name = "n".repeat(JUnitReportReader.MAX_ATTRIBUTE_LENGTH + 1);
        assertThatThrownBy(() -> read("<testsuite><testcase name='" + name + "'/></testsuite>"))
                .hasMessageContaining("'name' has more than 8192");
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
