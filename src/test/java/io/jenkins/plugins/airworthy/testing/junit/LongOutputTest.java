package io.jenkins.plugins.airworthy.testing.junit;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.testing.TestCase;
import io.jenkins.plugins.airworthy.testing.TestCase.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests print many megabytes into one section; that takes no more memory than the report, and hides nothing. */
class LongOutputTest {
    private static final String FAILED = "<testcase name='b'><failure/></testcase>";

    private static List<TestCase> read(String report, Charset encoding) throws InvalidInputException {
        return JUnitReportReader.read(report.getBytes(encoding), "r.xml", Optional.empty());
    }

    private static String printed(String output) {
        return "<testsuite><testcase name='a'><system-out><![CDATA[" + output + "]]></system-out></testcase>" + FAILED
                + "</testsuite>";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "\n", "]", "] ", "\u00e4", "\u6f22", "a\ud83d\ude00", "]]", "a > b & c < d\n", "<failure/>"
            })
    void findsAFailureAfterAnyOutput(String text) throws Exception {
        List<TestCase> tests = read(printed(text.repeat(400_000 / text.length())), StandardCharsets.UTF_8);
        assertThat(tests).extracting(TestCase::status).containsExactly(Status.PASSED, Status.FAILED);
    }

    @Test
    void outputInAnEncodingOfOneByteIsReadToo() throws Exception {
        String head = "<?xml version='1.0' encoding='ISO-8859-1'?>";
        assertThat(read(head + printed("\u00e4b\u00bf".repeat(100_000)), StandardCharsets.ISO_8859_1))
                .extracting(TestCase::status)
                .containsExactly(Status.PASSED, Status.FAILED);
    }

    @Test
    void aSectionThatOnlyACommentBeginsHidesNoFailure() throws Exception {
        String report = "<testsuite><!-- <![CDATA[ -->" + FAILED + "<!-- ]]> -->" + " ".repeat(200_000) + FAILED
                + "<x><![CDATA[<!--]]></x>" + FAILED + "<!-- --></testsuite>";
        assertThat(read(report, StandardCharsets.UTF_8))
                .extracting(TestCase::status)
                .containsExactly(Status.FAILED, Status.FAILED, Status.FAILED);
    }

    @Test
    void aSectionThatNeverEndsIsRefused() {
        String report = "<testsuite><testcase name='a'><system-out><![CDATA[" + "x".repeat(300_000);
        assertThatThrownBy(() -> read(report, StandardCharsets.UTF_8)).hasMessageContaining("is not well-formed");
    }

    @Test
    void doesNotCopyOutputRepeatedlyWhileReading() throws Exception {
        byte[] report = printed("0123456789 abcdef\n".repeat(20_000_000 / 18)).getBytes(StandardCharsets.UTF_8);
        com.sun.management.ThreadMXBean thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThat(JUnitReportReader.read(report, "r.xml", Optional.empty())).hasSize(2);
        assertThat(thread.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                .isLessThan(60_000_000);
    }
}
