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
    private final Map<String, List<Double>> processor = new LinkedHashMap<>();

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
                double spent = Processor.seconds();
                long start = System.nanoTime();
                contestant.getValue().run();
                double taken = (System.nanoTime() - start) / 1e9;
                if (round > 0) { // the first round fills the file system's cache
                    add(timing.seconds, contestant.getKey(), taken);
                    add(timing.processor, contestant.getKey(), Processor.seconds() - spent);
                }
            }
        }
        return timing;
    }

    private static void add(Map<String, List<Double>> to, String contestant, double value) {
        to.computeIfAbsent(contestant, name -> new ArrayList<>()).add(value);
    }

    double median(String contestant) {
        return median(seconds.get(contestant));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /**
     * One row for each contestant: median, fastest, slowest, how many times as fast as the peer, processor time, and how many
     * times the peer's that is.
     */
    void print(String peer) {
        System.out.println("| what | median s | fastest s | slowest s | peer / this | CPU s | CPU, this / peer |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (Map.Entry<String, List<Double>> row : seconds.entrySet()) {
            double spent = median(processor.get(row.getKey()));
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.3f | %.3f | %.3f | %.2f | %.2f | %.2f |%n",
                    row.getKey(),
                    median(row.getKey()),
                    row.getValue().stream().min(Double::compare).orElseThrow(),
                    row.getValue().stream().max(Double::compare).orElseThrow(),
                    median(peer) / median(row.getKey()),
                    spent,
                    spent / median(processor.get(peer)));
        }
        System.out.println();
    }
}
