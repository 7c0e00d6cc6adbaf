package io.jenkins.plugins.airworthy.testing.junit;

import io.jenkins.plugins.airworthy.fuzz.Form;
import io.jenkins.plugins.airworthy.fuzz.Fuzzing;
import io.jenkins.plugins.airworthy.fuzz.Target;
import io.jenkins.plugins.airworthy.testing.TestCase;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.fuzz.Fuzzing.hold;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Reports in JUnit's XML, and patterns for their names. */
public final class JUnitFuzzTest {
    private static final String REPORT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites tests="4"><testsuite name="a" tests="4" failures="1" errors="1" skipped="1" timestamp="2026-11-20T12:00:00">
            <properties><property name="p" value="v"/></properties>
            <testcase classname="c" name="passes" time="0.1"><system-out>text &amp; more</system-out></testcase>
            <testcase classname="c" name="fails"><failure message="m" type="java.lang.AssertionError">trace</failure></testcase>
            <testcase classname="c" name="breaks"><error/></testcase>
            <testcase classname="c" name="is skipped"><skipped/></testcase>
            </testsuite></testsuites>
            """;

    @TestFactory
    Stream<DynamicTest> everyReportIsUnderstoodOrRefused() {
        return Fuzzing.of(targets());
    }

    public static List<Target> targets() {
        return List.of(
                Target.of("junit", Form.XML, JUnitFuzzTest::read)
                        .seeds(REPORT, "<testsuite><testcase name='x'/></testsuite>")
                        .words(
                                "testsuites",
                                "testsuite",
                                "testcase",
                                "failure",
                                "error",
                                "skipped",
                                "flakyFailure",
                                "rerunError",
                                "tests",
                                "failures",
                                "xmlns",
                                "xml:space",
                                "\"",
                                "status",
                                "result",
                                "FAILED",
                                "2026-11-20T12:00:00+99:00"),
                Target.ofText("report-pattern", text -> {
                            GlobPattern read = GlobPattern.parse(text);
                            read.matches("a/".repeat(100) + "TEST-a.xml");
                            read.matches("a".repeat(200));
                            hold(
                                    !read.matches("../TEST-a.xml") || text.contains("*") || text.contains("?"),
                                    "leads out of the folder");
                        })
                        .names("report")
                        .seeds("target/surefire-reports/*.xml", "**/TEST-?*.xml")
                        .words("*", "**", "?", "/", "..", "\\", ":", "\\E", "\\Q", "**/", "a*a*a*a*a*a*b"));
    }

    private static void read(byte[] input) throws Exception {
        String text = new String(input, UTF_8);
        List<TestCase> read =
                JUnitReportReader.read(input, Target.SOURCE, Optional.of(Instant.parse("2026-11-20T00:00:00Z")));
        // What is written as failed never counts as passed; a comment or a text may hold the word, too.
        boolean plain = !text.contains("<!") && !text.contains("<?xml-") && !text.contains("&");
        boolean failed = read.stream().anyMatch(test -> test.status() == TestCase.Status.FAILED);
        hold(
                !plain || failed || !(text.contains("<failure>") || text.contains("<error/>")),
                "a failure is passed over");
    }
}
