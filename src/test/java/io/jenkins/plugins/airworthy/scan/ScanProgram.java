package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A scan in a process of its own, whose current folder and environment a test may poison: {@code reference cache}. The
 * statements go to standard output, progress and errors to standard error.
 */
public final class ScanProgram {
    private ScanProgram() {}

    /** Its whole run. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        LayoutReference reference = (LayoutReference) ImageReference.parse(arguments[0]);
        TrivyExecutable trivy =
                TrivyExecutable.onPath(System.getenv("PATH"), List.of()).orElseThrow();
        TrivySettings settings = new TrivySettings(
                trivy,
                Path.of(arguments[1]),
                true,
                Optional.empty(),
                System.getenv(),
                TrivySettings.DEFAULT_TIME_LIMIT);
        Progress progress = new Progress() {
            @Override
            public void say(String line) {
                System.err.println(line);
            }

            @Override
            public Task begin(String what, long totalBytes) {
                return bytes -> {};
            }
        };
        try (ImageStore store = LayoutStore.open(reference)) {
            Scanner scanner = new Scanner(settings, InstantSource.system());
            for (ScanOutcome outcome : scanner.scan(store, ImageReader.read(store, reference), progress)) {
                Observation seen = new Observation(Observer.BUILD_AGENT, Instant.now());
                for (Statement statement : outcome.statements(Optional.empty(), seen)) {
                    out.println(new String(statement.toBytes(), StandardCharsets.UTF_8));
                }
            }
        }
    }

    /** Starts it as a child process with this current folder, temporary folder and environment, and waits. */
    static Said run(Path workspace, Path temporary, Map<String, String> environment, String... arguments)
            throws InterruptedException {
        try {
            Path out = Files.createTempFile("scan", ".out");
            Path err = Files.createTempFile("scan", ".err");
            Process process = start(workspace, temporary, environment, out, err, arguments);
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("the scan did not end");
            }
            Said said = new Said(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it and does not wait. */
    static Process start(
            Path workspace, Path temporary, Map<String, String> environment, Path out, Path err, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                absolute(System.getProperty("java.class.path")),
                ScanProgram.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workspace.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String absolute(String classPath) {
        return String.join(
                File.pathSeparator,
                List.of(classPath.split(File.pathSeparator)).stream()
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    /** What it left. */
    record Said(int exit, String out, String err) {}
}
