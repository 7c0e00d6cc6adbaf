package io.jenkins.plugins.airworthy.fuzz;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The long run: {@code mvn -B -Pfuzz verify}. Tries as many inputs as are asked for, shared among the targets by how long an
 * input takes, and ends with status 1 if anything was found.
 */
public final class LongFuzz {
    /** How much the live heap may grow from the first quarter of a target's inputs to their end. */
    private static final long MOST_GROWTH = 24L * 1024 * 1024;

    private static final long LEAST = 50_000;
    private static final long LEAST_CRAWLING = 20_000;
    private static final long MEGA = 1024 * 1024;

    private final long inputs = Long.getLong("airworthy.fuzz.inputs", 1_000_000);
    private final long seed = Long.getLong("airworthy.fuzz.seed", System.nanoTime());
    private final int threads = Integer.getInteger("airworthy.fuzz.threads", 1);
    private final PrintStream out;

    private LongFuzz(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws Exception {
        // What parsers look up by default must not depend on the machine.
        Locale.setDefault(Locale.ROOT);
        boolean sound = new LongFuzz(System.out).run(chosen(System.getProperty("airworthy.fuzz.targets", "")));
        System.exit(sound ? 0 : 1); // a hanging parser's thread never ends
    }

    private static List<Target> chosen(String names) {
        Set<String> wanted = Set.of(names.isBlank() ? new String[0] : names.split(","));
        List<Target> chosen = AllTargets.list().stream()
                .filter(target -> wanted.isEmpty() || wanted.contains(target.name()))
                .toList();
        if (chosen.isEmpty() || (!wanted.isEmpty() && chosen.size() < wanted.size())) {
            throw new IllegalArgumentException("unknown among " + wanted + "; there are " + AllTargets.list());
        }
        return chosen;
    }

    private boolean run(List<Target> targets) throws Exception {
        String file = System.getProperty("airworthy.fuzz.input", "");
        if (!file.isBlank()) {
            byte[] input = Files.readAllBytes(Path.of(file));
            Fuzzer.Result result = new Fuzzer(targets.get(0)).one(input, file);
            out.println(line(result, 0));
            return tell(result);
        }
        out.printf(
                "seed %d, %d inputs, %d threads, at most %d MB of heap%n",
                seed, inputs, threads, Runtime.getRuntime().maxMemory() / MEGA);
        out.printf(
                "%-24s %10s %10s %10s %9s %9s %9s%n",
                "target", "inputs", "accepted", "refused", "inputs/s", "peak MB", "growth MB");
        int shares = targets.stream().mapToInt(target -> target.pace().share()).sum();
        ExecutorService pool = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "targets");
            thread.setDaemon(true); // so that a failure of this program ends it
            return thread;
        });
        List<Future<Boolean>> sound = new ArrayList<>();
        for (Target target : targets) {
            Callable<Boolean> work = () -> run(target, count(target, shares));
            sound.add(pool.submit(work));
        }
        boolean all = true;
        for (Future<Boolean> one : sound) {
            all &= one.get();
        }
        pool.shutdown();
        out.printf(
                "%s; live heap at the end %d MB%n", all ? "nothing was found" : "SOMETHING WAS FOUND", live() / MEGA);
        return all;
    }

    private long count(Target target, int shares) {
        if (shares == 0) {
            return inputs; // only slow ones were chosen
        }
        long share = inputs * target.pace().share() / shares;
        long least = target.pace() == Target.Pace.CRAWLING ? LEAST_CRAWLING : LEAST;
        // A short run is for trying things out.
        return inputs < MEGA ? Math.max(LEAST / 1_000, share) : Math.max(least, share);
    }

    private boolean run(Target target, long count) throws InterruptedException {
        Fuzzer.Result replayed = new Fuzzer(target).replay();
        Fuzzer fuzzer = new Fuzzer(target);
        fuzzer.run(seed, 0, count / 4);
        long settled = live();
        Fuzzer.Result result = fuzzer.run(seed, count / 4, count - count / 4);
        long growth = live() - settled;
        out.println(line(result, growth));
        // With several threads others' garbage is counted too.
        boolean grows = threads == 1 && growth > MOST_GROWTH;
        if (grows) {
            out.println(target + ": the live heap grew by " + growth + " bytes");
        }
        boolean before = tell(replayed);
        return tell(result) && before && !grows;
    }

    private static String line(Fuzzer.Result result, long growth) {
        return String.format(
                Locale.ROOT,
                "%-24s %10d %10d %10d %9d %9.1f %9.1f",
                result.target().name(),
                result.inputs(),
                result.accepted(),
                result.refused(),
                result.inputs() * 1_000_000_000L / Math.max(1, result.nanos()),
                (double) result.mostAllocated() / MEGA,
                (double) growth / MEGA);
    }

    private boolean tell(Fuzzer.Result result) {
        for (Finding finding : result.findings()) {
            out.println("FOUND " + finding.text() + "\n  " + Corpus.save(finding));
            finding.cause().ifPresent(cause -> {
                for (int i = 0; i < Math.min(12, cause.getStackTrace().length); i++) {
                    out.println("    at " + cause.getStackTrace()[i]);
                }
            });
        }
        return result.findings().isEmpty();
    }

    private static long live() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
