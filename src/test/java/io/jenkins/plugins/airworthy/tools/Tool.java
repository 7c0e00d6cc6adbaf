package io.jenkins.plugins.airworthy.tools;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real program that tests compare the product with. It is looked for in the folder of the property
 * {@code airworthy.tools} and then on PATH. A test that needs one is skipped where it is missing, with how to get it, or
 * fails when {@code airworthy.requireTools} is true.
 */
public record Tool(Path executable) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** The program, or the end of the test. */
    public static Tool require(String name) {
        Optional<Path> found = find(name);
        if (found.isEmpty()) {
            String advice = name + " was not found: run '.ci/install-tools FOLDER' and add -Dairworthy.tools=FOLDER";
            if (Boolean.getBoolean("airworthy.requireTools")) {
                Assertions.fail(advice);
            }
            Assumptions.abort("SKIPPED: " + advice);
        }
        return new Tool(found.orElseThrow());
    }

    /** A program that {@code .ci/install-tools} does not install, or the end of the test even when tools are required. */
    public static Tool orSkip(String name, String advice) {
        Optional<Path> found = find(name);
        if (found.isEmpty()) {
            Assumptions.abort(
                    "SKIPPED: " + name + " was not found and is not installed by .ci/install-tools: " + advice);
        }
        return new Tool(found.orElseThrow());
    }

    public static Optional<Path> find(String name) {
        List<String> folders = new ArrayList<>();
        folders.add(System.getProperty("airworthy.tools", ""));
        folders.addAll(List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)));
        return folders.stream()
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs the program to its end. */
    public Outcome run(Path folder, Map<String, String> environment, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(executable.toString());
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("tool", ".out");
            Path err = Files.createTempFile("tool", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                Assertions.fail(command + " did not end within " + LIMIT);
            }
            Outcome outcome = new Outcome(command, process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a run left. */
    public record Outcome(List<String> command, int exit, String out, String err) {
        /** The outcome, when the program succeeded; else the end of the test with everything it said. */
        public Outcome succeeded() {
            Assertions.assertEquals(0, exit, () -> command + "\n" + out + "\n" + err);
            return this;
        }
    }
}
