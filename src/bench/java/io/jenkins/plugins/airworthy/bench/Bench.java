package io.jenkins.plugins.airworthy.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The benchmark: {@code mvn -B -Pbench verify}. Compares the product with cosign, crane and skopeo in one run and prints
 * ratios; docs/benchmark.md tells the method. Property {@code airworthy.bench.megabytes} sets the size of the large
 * image, 1024 unless told, and {@code airworthy.bench.parts} chooses parts.
 */
public final class Bench {
    private static final String ALL = "start,verdict,referrers,rescan,content,cases,junit,promotion";

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("airworthy-bench");
        System.out.printf(
                "# Benchmark: %d cores, Java %s, temporary folder %s%n%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version(), folder);
        List<String> parts =
                List.of(System.getProperty("airworthy.bench.parts", ALL).split(","));
        for (String part : parts) {
            Path own = Files.createDirectories(folder.resolve(part));
            switch (part) {
                case "start" -> new StartBench(own).run();
                case "verdict" -> new VerdictBench(own).run();
                case "referrers" -> new ReferrersBench(own).run();
                case "rescan" -> new RescanBench(own).run();
                case "content" -> new ContentBench(own).run();
                case "cases" -> new CasesBench(own).run();
                case "junit" -> new JUnitBench(own).run();
                case "promotion" ->
                    new PromotionBench(own, Integer.getInteger("airworthy.bench.megabytes", 1024)).run();
                default -> throw new IllegalArgumentException("'" + part + "' is none of " + ALL);
            }
        }
    }
}
