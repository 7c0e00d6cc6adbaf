package io.jenkins.plugins.airworthy.testing.junit;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Reports of many megabytes are read by an agent with little memory. */
@Timeout(180)
class LargeReportTest {
    private static final int BYTES = 30_000_000;
    private static final String LINE =
            "2026-01-01 00:00:00 INFO org.example.Shop - &lt;order&gt; of a customer was taken\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8 40000", "UTF-8 1", "ISO-8859-1 400"})
    void aReportOfThirtyMegabytesIsReadIn128(String kind) throws Exception {
        Charset encoding = Charset.forName(kind.split(" ", -1)[0]);
        int tests = Integer.parseInt(kind.split(" ", -1)[1]);
        write(folder.resolve("TEST-large.xml"), encoding, tests);
        Path out = folder.resolve("out");

        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        LargeReportTest.class.getName(),
                        folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();

        assertThat(process.waitFor()).as(Files.readString(out)).isZero();
        assertThat(out).hasContent(tests + " tests");
    }

    /** The Java with little memory: reads it three times, as what was read last may still be there. */
    public static void main(String[] arguments) throws Exception {
        int tests = 0;
        for (int time = 0; time < 3; time++) {
            tests = JUnitReports.read(Path.of(arguments[0]), List.of("TEST-*.xml"), Optional.empty())
                    .cases()
                    .size();
        }
        System.out.println(tests + " tests");
    }

    private static void write(Path report, Charset encoding, int tests) throws Exception {
        try (BufferedWriter out = Files.newBufferedWriter(report, encoding)) {
            out.write("<?xml version=\"1.0\" encoding=\"" + encoding.name()
                    + "\"?>\n<testsuite name=\"large \u00e4\">\n");
            for (int test = 0; test < tests; test++) {
                out.write("<testcase classname=\"org.example.ShopTest\" name=\"test" + test
                        + "\" time=\"0.01\"><system-out>");
                for (int written = 0; written < BYTES / tests; written += LINE.length()) {
                    out.write(LINE);
                }
                out.write("</system-out></testcase>\n");
            }
            out.write("</testsuite>\n");
        }
    }
}
