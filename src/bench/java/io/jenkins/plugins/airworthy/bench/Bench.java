package io.jenkins.plugins.airworthy.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The benchmark: {@code mvn -B -Pbench verify}. Compares the product with cosign, crane and skopeo in one run and prints
 * ratios; docs/benchmark.md tells the method. Property {@code airworthy.bench.megabytes} sets the size of the large
 * image, 1024 unless told.
 */
public final class Bench {
    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("airworthy-bench");
        System.out.printf(
                "# Benchmark: %d cores, Java %s, temporary folder %s%n%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version(), folder);
        new VerdictBench(Files.createDirectories(folder.resolve("verdict"))).run();
        new ReferrersBench(Files.createDirectories(folder.resolve("referrers"))).run();
        new RescanBench(Files.createDirectories(folder.resolve("rescan"))).run();
        new PromotionBench(
                        Files.createDirectories(folder.resolve("promotion")),
                        Integer.getInteger("airworthy.bench.megabytes", 1024))
                .run();
    }
}
