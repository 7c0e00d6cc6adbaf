package io.jenkins.plugins.airworthy.testing.junit;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.evidence.TestResult.Configuration;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.testing.TestReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JUnitReportsTest {
    private static final String PASS = "<testsuite tests='1'><testcase name='a'/></testsuite>";

    @TempDir
    Path folder;

    @Test
    void allReportsOfABuildAreOneSuiteThatNamesItsFiles() throws Exception {
        write("one/target/TEST-a.xml", PASS);
        write(
                "TEST-b.xml",
                "<testsuite><testcase name='a'><failure/></testcase><testcase name='c'><skipped/></testcase></testsuite>");
        write("other.xml", "not XML");
        TestReport report = read("**/TEST-*.xml");

        assertThat(report.passed()).isFalse();
        assertThat(report.toResult())
                .isEqualTo(new TestResult(
                        "junit",
                        TestResult.Outcome.FAILED,
                        List.of("a (2)"),
                        List.of(),
                        List.of("a"),
                        List.of(
                                new Configuration("TEST-b.xml", digest("TEST-b.xml")),
                                new Configuration("one/target/TEST-a.xml", digest("one/target/TEST-a.xml"))),
                        Optional.of(1L)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<testsuite tests='0'/>", "<testsuite><testcase name='a'><skipped/></testcase></testsuite>"})
    void refusesAReportInWhichNoTestRan(String report) throws Exception {
        write("r.xml", report);
        TestReport read = read("r.xml");

        assertThat(read.passed()).isFalse();
        assertThatThrownBy(read::toResult)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no test ran");
    }

    @Test
    void aTestThatPassedOnlyWhenRunAgainIsAWarning() throws Exception {
        write("r.xml", "<testsuite><testcase name='a'><flakyFailure/></testcase></testsuite>");
        TestResult result = read("r.xml").toResult();

        assertThat(result.result()).isEqualTo(TestResult.Outcome.WARNED);
        assertThat(result.warned()).containsExactly("a");
    }

    @Test
    void aJUnitFileFromAnOlderBuildIsRefused() throws Exception {
        Instant began = Instant.parse("2026-11-23T12:00:00Z");
        Path old = write("r.xml", PASS);
        Files.setLastModifiedTime(old, FileTime.from(began.minusMillis(1)));
        assertThatThrownBy(() -> JUnitReports.read(folder, List.of("r.xml"), Optional.of(began)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("before this build began");

        Files.setLastModifiedTime(old, FileTime.from(began));
        assertThat(JUnitReports.read(folder, List.of("r.xml"), Optional.of(began))
                        .passed())
                .isTrue();
    }

    @Test
    void refusesLinkOutOfTheFolder(@TempDir Path outside) throws Exception {
        Path report = Files.writeString(outside.resolve("r.xml"), PASS);
        Files.createSymbolicLink(folder.resolve("r.xml"), report);
        assertThatThrownBy(() -> read("*.xml")).hasMessageContaining("r.xml: is a link");

        Files.delete(folder.resolve("r.xml"));
        Files.createSymbolicLink(folder.resolve("sub"), outside);
        assertThatThrownBy(() -> read("sub/r.xml")).hasMessageContaining("matches 'sub/r.xml'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/*.xml", "../r.xml", "a/../../r.xml", "c:\\r.xml", "c:/r.xml", "", " "})
    void refusesPatternsThatLeadOutOfTheFolder(String pattern) {
        assertThatThrownBy(() -> read(pattern)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesEachPatternThatMatchesNothing() throws Exception {
        write("a.xml", PASS);

        assertThatThrownBy(() -> read("*.xml", "b/*.xml"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("matches 'b/*.xml'; a missing report does not count as passed");
    }

    @Test
    void aFolderThatIsNotThereIsUndecided() {
        assertThatThrownBy(() -> JUnitReports.read(folder.resolve("none"), List.of("*.xml"), Optional.empty()))
                .isInstanceOf(UndecidedException.class);
    }

    @Test
    void refusesFileLargerThanAllowed() throws Exception {
        try (var file = new java.io.RandomAccessFile(folder.resolve("r.xml").toFile(), "rw")) {
            file.setLength(ReportFile.MAX_BYTES + 1L);
        }

        assertThatThrownBy(() -> read("r.xml")).hasMessageContaining("larger than the allowed 67108864 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "**/TEST-*.xml, TEST-a.xml, true",
        "**/TEST-*.xml, a/b/TEST-a.xml, true",
        "**/TEST-*.xml, a/b/XTEST-a.xml, false",
        "a/**, a/b/c, true",
        "a/**/c, a/c, true",
        "a/**/c, ab/c, false",
        "*.xml, a/b.xml, false",
        "?.xml, a.xml, true",
        "?.xml, /.xml, false",
        "a.xml, abxml, false",
        "[a].xml, a.xml, false",
        "*, ä, true"
    })
    void patternsMatchAsInAnt(String pattern, String name, boolean matches) throws Exception {
        assertThat(GlobPattern.parse(pattern).matches(name)).isEqualTo(matches);
    }

    private Path write(String name, String content) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private Optional<String> digest(String name) throws Exception {
        return Optional.of(Digest.of(Files.readString(folder.resolve(name)).getBytes(StandardCharsets.UTF_8))
                .hex());
    }

    private TestReport read(String... patterns) throws Exception {
        return JUnitReports.read(folder, List.of(patterns), Optional.empty());
    }
}
