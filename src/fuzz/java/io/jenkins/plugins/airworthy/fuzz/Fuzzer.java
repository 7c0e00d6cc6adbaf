package io.jenkins.plugins.airworthy.fuzz;

import com.sun.management.ThreadMXBean;
import io.jenkins.plugins.airworthy.AirworthyException;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Feeds one target on its own thread and keeps what breaks. Whatever is no refusal of ours, told as it should be, is a finding. */
final class Fuzzer {
    /** How much processor time one input may take. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    /** How many bytes may be allocated for one input: parsers hold several copies of a document, and buffers. */
    static final long MOST_ALLOCATED = 192L * 1024 * 1024;

    /** How many different findings end the work on a target. */
    private static final int MOST_FINDINGS = 12;

    private static final Pattern LIBRARY = Pattern.compile(
            "com\\.fasterxml|org\\.yaml|org\\.bouncycastle|dev\\.cel|java\\.(?:lang|util|io|security|net|nio)\\.|javax?\\.xml"
                    + "|sun\\.security|Exception\\b|Jackson|snakeyaml|<unknown>");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Target target;
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private volatile boolean hangs;
    private Watchdog watchdog;
    private long accepted;
    private long refused;
    private long mostAllocated;
    private long nanos;

    Fuzzer(Target target) {
        this.target = target;
    }

    /** What came of it. */
    record Result(Target target, long accepted, long refused, long nanos, long mostAllocated, List<Finding> findings) {
        Result {
            findings = List.copyOf(findings);
        }

        long inputs() {
            return accepted + refused;
        }
    }

    /** The seeds, which must be accepted, the other inputs, and what the corpus keeps. */
    Result replay() throws InterruptedException {
        return work(() -> {
            for (byte[] seed : target.seeds()) {
                long before = accepted;
                feed(seed, "seed");
                Optional<Throwable> refusal = accepted == before ? refusal(seed) : Optional.empty();
                if (refusal.isPresent()) { // twice, so that no busy machine is to blame
                    add(new Finding(target, "seed", seed, "a seed is refused", refusal));
                }
            }
            for (byte[] other : target.others()) {
                feed(other, "other");
            }
            for (Map.Entry<String, byte[]> kept : Corpus.of(target).entrySet()) {
                feed(
                        kept.getValue(),
                        Corpus.KEPT
                                .resolve(target.name())
                                .resolve(kept.getKey())
                                .toString());
            }
        });
    }

    /** One input. */
    Result one(byte[] input, String origin) throws InterruptedException {
        return work(() -> feed(input, origin));
    }

    /** So many inputs of a seed, beginning with the one of this number. */
    Result run(long seed, long from, long count) throws InterruptedException {
        return work(() -> {
            Inputs inputs = new Inputs(target);
            for (long number = from; number < from + count && findings.size() < MOST_FINDINGS; number++) {
                feed(inputs.get(seed, number), "number " + number + " of seed " + seed);
            }
        });
    }

    private Result work(Runnable feeding) throws InterruptedException {
        long start = System.nanoTime() - nanos;
        FutureTask<Void> task = new FutureTask<>(feeding, null);
        Thread worker = new Thread(task, "fuzz " + target);
        worker.setDaemon(true);
        Prints.watch();
        try (Watchdog dog = new Watchdog(worker, LIMIT, this::tellHang)) {
            watchdog = dog;
            worker.start();
            while (worker.isAlive() && !hangs) {
                worker.join(100);
            }
        }
        synchronized (findings) {
            return new Result(
                    target,
                    accepted,
                    refused,
                    System.nanoTime() - start,
                    mostAllocated,
                    List.copyOf(findings.values()));
        }
    }

    private void tellHang(byte[] input, String where) {
        add(new Finding(target, "the last input", input, where, Optional.empty()));
        hangs = true;
    }

    private void feed(byte[] input, String origin) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long printed = Prints.ofThisThread();
        watchdog.begin(input);
        try {
            target.parser().read(input.clone());
            accepted++;
        } catch (AirworthyException e) {
            refused++;
            flaw(e, input).ifPresent(flaw -> add(new Finding(target, origin, input, flaw, Optional.of(e))));
        } catch (Throwable e) { // that anything else is thrown is what is looked for
            add(new Finding(target, origin, input, String.valueOf(e), Optional.of(e)));
        } finally {
            watchdog.end();
        }
        if (Prints.ofThisThread() > printed) {
            add(new Finding(target, origin, input, "prints: something on the standard outputs", Optional.empty()));
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        mostAllocated = Math.max(mostAllocated, allocated);
        if (allocated > MOST_ALLOCATED) {
            add(new Finding(target, origin, input, "memory: took " + allocated + " bytes", Optional.empty()));
        }
    }

    private Optional<Throwable> refusal(byte[] input) {
        try {
            target.parser().read(input.clone());
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(e);
        }
    }

    /** What is wrong with how a refusal is told. */
    private Optional<String> flaw(AirworthyException refusal, byte[] input) {
        String message = refusal.getMessage();
        if (message == null || message.isBlank()) {
            return Optional.of("message: says nothing");
        }
        if (message.length() > AirworthyException.MAX_MESSAGE_LENGTH + 1
                || message.codePoints().anyMatch(Fuzzer::isHidden)) {
            return Optional.of("message: is too long or not on one line: " + message);
        }
        if (Stream.of(target.source().split("\\|", -1)).noneMatch(message::contains)) {
            return Optional.of("message: does not name its source: " + message);
        }
        Matcher library = LIBRARY.matcher(message);
        String text = new String(input, java.nio.charset.StandardCharsets.UTF_8);
        return library.find() && !text.contains(library.group())
                ? Optional.of("message: holds a library's own text: " + message)
                : Optional.empty();
    }

    /** What could forge a line of a log, or turn it around. */
    private static boolean isHidden(int c) {
        boolean control = c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
        boolean direction = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f;
        return control || direction || c == 0xfeff || (c >= 0xd800 && c <= 0xdfff);
    }

    private void add(Finding finding) {
        synchronized (findings) {
            findings.putIfAbsent(finding.kind(), finding);
        }
    }
}
