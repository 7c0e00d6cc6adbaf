package io.jenkins.plugins.airworthy.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Times several contestants in one run, one round after the other, so that whatever else the machine does meets all of
 * them alike. What is reported is the median, and its ratio to the peer's.
 */
final class Timing {
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    /** A piece of work to be timed. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** Something to do before each measurement, untimed. */
    static Timing compare(int rounds, Work before, Map<String, Work> contestants) throws Exception {
        Timing timing = new Timing();
        for (int round = 0; round <= rounds; round++) {
            for (Map.Entry<String, Work> contestant : contestants.entrySet()) {
                before.run();
                long start = System.nanoTime();
                contestant.getValue().run();
                double taken = (System.nanoTime() - start) / 1e9;
                if (round > 0) { // the first round fills the file system's cache
                    timing.seconds
                            .computeIfAbsent(contestant.getKey(), name -> new ArrayList<>())
                            .add(taken);
                }
            }
        }
        return timing;
    }

    double median(String contestant) {
        List<Double> sorted = seconds.get(contestant).stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** One row for each contestant: median, fastest, slowest, and how many times as fast as the peer. */
    void print(String peer) {
        System.out.printf(
                "| %-52s | %10s | %10s | %10s | %14s |%n", "what", "median s", "fastest s", "slowest s", "peer / this");
        System.out.println("|---|---:|---:|---:|---:|");
        for (Map.Entry<String, List<Double>> row : seconds.entrySet()) {
            System.out.printf(
                    Locale.ROOT,
                    "| %-52s | %10.4f | %10.4f | %10.4f | %14.2f |%n",
                    row.getKey(),
                    median(row.getKey()),
                    row.getValue().stream().min(Double::compare).orElseThrow(),
                    row.getValue().stream().max(Double::compare).orElseThrow(),
                    median(peer) / median(row.getKey()));
        }
        System.out.println();
    }
}
