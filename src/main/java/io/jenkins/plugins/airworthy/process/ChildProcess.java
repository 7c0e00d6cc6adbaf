package io.jenkins.plugins.airworthy.process;

import io.jenkins.plugins.airworthy.BoundedRead;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One run of a program with exactly the given environment, bounded in time and output. The program and its children are
 * killed if the time is over, the output is too long, the calling thread is interrupted or this process ends.
 *
 * @param folder where it runs; closing the folder ends the program
 * @param maxOutput maximum size of standard output, in bytes
 */
public record ChildProcess(
        List<String> command, Map<String, String> environment, WorkFolder folder, Duration timeLimit, int maxOutput) {
    /** Maximum length of a line that is passed on, in characters; the rest is dropped. */
    public static final int MAX_LINE = 2_000;

    /** Maximum number of lines of a stream that are passed on; the rest is read and dropped. */
    public static final int MAX_LINES = 2_000;

    /** How long the output may remain open after the program has ended. */
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(10);

    /** The result of a run. */
    public static final class Outcome {
        private final int exit;
        private final byte[] output;

        private Outcome(int exit, byte[] output) {
            this.exit = exit;
            this.output = output;
        }

        public int exit() {
            return exit;
        }

        /** Standard output. */
        public byte[] output() {
            return output.clone();
        }
    }

    /**
     * Runs the program to its end.
     *
     * @param lines receives standard error line by line, on another thread
     */
    public Outcome run(Consumer<String> lines) throws UndecidedException, InterruptedException {
        return run(lines, false);
    }

    /**
     * The same for a program whose standard output is text for people, too: both streams are passed on as one, however many lines
     * they have, and none is kept.
     *
     * @param lines receives both streams line by line, on another thread
     */
    public Outcome follow(Consumer<String> lines) throws UndecidedException, InterruptedException {
        return run(lines, true);
    }

    private Outcome run(Consumer<String> lines, boolean both) throws UndecidedException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.path().toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectErrorStream(both);
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UndecidedException(
                    command.get(0) + " could not be started: check that it is a program for this machine", e);
        }
        folder.occupiedBy(process);
        try {
            return await(process, lines, both);
        } finally {
            kill(process);
        }
    }

    private Outcome await(Process process, Consumer<String> lines, boolean both)
            throws UndecidedException, InterruptedException {
        Output output = new Output(process, maxOutput);
        Thread out = start(
                "child-output", both ? () -> readLines(process.getInputStream(), lines, Integer.MAX_VALUE) : output);
        Thread err = start("child-errors", () -> readLines(process.getErrorStream(), lines, MAX_LINES));
        if (!process.waitFor(timeLimit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new UndecidedException(name() + " was stopped: it did not end within " + seconds(timeLimit)
                    + "; allow it more time, or check whether the machine or the network is overloaded");
        }
        out.join(DRAIN_LIMIT.toMillis());
        err.join(DRAIN_LIMIT.toMillis());
        if (out.isAlive() || err.isAlive()) {
            throw new UndecidedException(name() + " ended, but a process that it started keeps its output open");
        }
        if (output.tooLong) {
            throw new UndecidedException(
                    name() + " was stopped: it wrote more than the allowed " + maxOutput + " bytes");
        }
        if (output.broken) {
            throw new UndecidedException("the output of " + name() + " could not be read to its end");
        }
        return new Outcome(process.exitValue(), output.bytes);
    }

    private String name() {
        return Path.of(command.get(0)).getFileName() + " " + command.get(1);
    }

    private static String seconds(Duration time) {
        return time.toMillis() < 1000
                ? time.toMillis() + " ms"
                : time.plusMillis(999).toSeconds() + " s";
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Kills the children first: they cannot be found after their parent has ended. */
    static void kill(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private static void readLines(InputStream in, Consumer<String> lines, int most) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[8 * 1024];
        int passed = 0;
        try {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                for (int i = 0; i < length; i++) {
                    if (buffer[i] != '\n') {
                        if (line.size() < MAX_LINE) {
                            line.write(buffer[i]);
                        }
                    } else if (passed < most) {
                        passed++;
                        lines.accept(line.toString(StandardCharsets.UTF_8));
                        line.reset();
                    }
                }
            }
        } catch (IOException e) {
            return; // killed: its output is not needed any more
        }
    }

    /** Reads standard output up to its limit. */
    private static final class Output implements Runnable {
        private final Process process;
        private final int limit;
        private volatile byte[] bytes = {};
        private volatile boolean tooLong;
        private volatile boolean broken;

        Output(Process process, int limit) {
            this.process = process;
            this.limit = limit;
        }

        @Override
        public void run() {
            try {
                Optional<byte[]> read = BoundedRead.whole(process.getInputStream(), limit);
                if (read.isPresent()) {
                    bytes = read.get();
                } else {
                    tooLong = true;
                    kill(process);
                }
            } catch (IOException e) {
                broken = true;
            }
        }
    }
}
