package io.jenkins.plugins.airworthy.bench;

import io.jenkins.plugins.airworthy.testing.junit.JUnitReports;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a JUnit report of 30 MB in a Java of its own with little memory. */
final class JUnitBench {
    private static final int MEGABYTES = 30;
    private static final int TESTS = 40_000;
    private static final int TIMES = 5;
    private static final List<String> MEMORY = List.of("-Xmx128m", "-Xmx192m", "-Xmx256m");

    private final Path folder;

    JUnitBench(Path folder) {
        this.folder = folder;
    }

    void run() throws Exception {
        Path report = folder.resolve("TEST-large.xml");
        write(report);
        System.out.printf("## JUnit report of %d MB with %,d tests%n%n", MEGABYTES, TESTS);
        System.out.println("| what | s | CPU s |");
        System.out.println("|---|---:|---:|");
        for (String memory : MEMORY) {
            long began = System.nanoTime();
            double before = Processor.seconds();
            try {
                System.out.print(new Shell(folder)
                        .run(List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                memory,
                                "-cp",
                                System.getProperty("java.class.path"),
                                JUnitBench.class.getName(),
                                folder.toString(),
                                memory)));
                row(
                        memory + ", all " + TIMES + " and the start of Java",
                        System.nanoTime() - began,
                        Processor.seconds() - before);
            } catch (IllegalStateException failed) {
                if (!failed.getMessage().contains("OutOfMemoryError")) {
                    throw failed;
                }
                System.out.println("| " + memory + " | out of memory | |");
            }
        }
        System.out.println();
    }

    /** The Java of its own. */
    public static void main(String[] arguments) throws Exception {
        for (int time = 1; time <= TIMES; time++) {
            long began = System.nanoTime();
            double before = Processor.seconds();
            int tests = JUnitReports.read(Path.of(arguments[0]), List.of("TEST-*.xml"), Optional.empty())
                    .cases()
                    .size();
            if (tests != TESTS) {
                throw new IllegalStateException("the report has " + tests + " tests");
            }
            row(
                    arguments[1] + ", time " + time + " in one process",
                    System.nanoTime() - began,
                    Processor.seconds() - before);
        }
    }

    private static void row(String what, long nanos, double processor) {
        System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f |%n", what, nanos / 1e9, processor);
    }

    private static void write(Path report) throws Exception {
        String line = "2026-01-01 00:00:00 INFO org.example.Shop - &lt;order&gt; of a customer was taken\n";
        String output = line.repeat((MEGABYTES * 1_000_000 / TESTS - 130) / line.length());
        try (BufferedWriter out = Files.newBufferedWriter(report)) {
            out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"large\">\n");
            int written = 0;
            for (int test = 0; test < TESTS; test++) {
                String begin = "<testcase classname=\"org.example.ShopTest\" name=\"test" + test + "\" time=\"0.01\">";
                String failure = test % 100 > 0 ? "" : "<failure message=\"expected\">at org.example.Shop</failure>";
                String text = begin + failure + "<system-out>" + output;
                written += text.length() + 28;
                // The rest, so that the size is as it is told.
                long missing = (long) MEGABYTES * 1_000_000 * (test + 1) / TESTS - written;
                out.write(text + ".".repeat((int) Math.max(missing, 0)) + "</system-out></testcase>\n");
                written += (int) Math.max(missing, 0);
            }
            out.write("</testsuite>\n");
        }
    }
}
