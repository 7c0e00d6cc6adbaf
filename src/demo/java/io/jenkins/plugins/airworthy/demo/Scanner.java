package io.jenkins.plugins.airworthy.demo;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Gets a Trivy: the one on PATH, or the one that an earlier run built, or one built now if Go is there. Where none is to
 * be had the demo imports reports that a real Trivy made of the same images.
 */
final class Scanner {
    private static final Path BUILT = Path.of("target/demo/bin/trivy");
    private static final Path MODULE = Path.of("src/demo/trivy");
    private static final String VERSION = "0.74.0";
    private static final Duration TELL_EVERY = Duration.ofSeconds(15);

    private Scanner() {}

    static Optional<Path> find() throws IOException, InterruptedException {
        Optional<Path> found = onPath("trivy");
        if (found.isPresent()) {
            System.out.println("Trivy: found " + found.get());
            return found;
        }
        if (Files.isExecutable(BUILT)) {
            System.out.println("Trivy: built by an earlier run, " + BUILT);
            return Optional.of(BUILT);
        }
        Optional<Path> go = onPath("go");
        if (go.isPresent() && build(go.get())) {
            return Optional.of(BUILT);
        }
        return Optional.empty();
    }

    private static Optional<Path> onPath(String program) {
        String suffix = File.separatorChar == '\\' ? ".exe" : "";
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program + suffix))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Runs in a copy, so that the sources stay as they are. go.sum pins every byte that is compiled. */
    private static boolean build(Path go) throws IOException, InterruptedException {
        System.out.println("Trivy: none found, but Go is there: building version " + VERSION
                + " (some minutes, once; interrupt and put 'trivy' on PATH if you have one)");
        Path module = Files.createDirectories(Path.of("target/demo/trivy"));
        for (String file : List.of("go.mod", "go.sum")) {
            Files.write(module.resolve(file), Files.readAllBytes(MODULE.resolve(file)));
        }
        Files.createDirectories(BUILT.getParent());
        ProcessBuilder builder = new ProcessBuilder(
                        go.toString(),
                        "build",
                        "-v",
                        "-mod=mod",
                        "-trimpath",
                        "-ldflags",
                        "-s -w -X github.com/aquasecurity/trivy/pkg/version/app.ver=" + VERSION,
                        "-o",
                        BUILT.toAbsolutePath().toString(),
                        "github.com/aquasecurity/trivy/cmd/trivy")
                .directory(module.toFile())
                .redirectErrorStream(true);
        builder.environment().put("CGO_ENABLED", "0");
        builder.environment().put("GOEXPERIMENT", "jsonv2");
        Process process = builder.start();
        process.getOutputStream().close();
        String last = follow(process);
        if (process.waitFor() != 0) {
            System.out.println("Trivy: could not be built: " + last);
            return false;
        }
        return true;
    }

    private static String follow(Process process) throws IOException {
        Instant start = Instant.now();
        Instant told = start;
        int lines = 0;
        String last = "";
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                last = line;
                lines++;
                if (Duration.between(told, Instant.now()).compareTo(TELL_EVERY) > 0) {
                    told = Instant.now();
                    System.out.printf(
                            "  %d s: %d packages, now %s%n",
                            Duration.between(start, told).toSeconds(), lines, line);
                }
            }
        }
        return last;
    }
}
