package io.jenkins.plugins.airworthy.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** {@code policy test} over a hundred cases, each with its saved evidence, in a new process. */
final class CasesBench {
    private static final int CASES = 100;
    private static final int ROUNDS = 5;
    private static final Path SAMPLES = Path.of("src/test/data/policy-cases").toAbsolutePath();

    private final Path folder;
    private final Shell shell;

    CasesBench(Path folder) {
        this.folder = folder;
        this.shell = new Shell(folder);
    }

    void run() throws Exception {
        System.out.printf("## policy test over %d cases, each with a saved image of its own%n%n", CASES);
        Path cases = Files.createDirectories(folder.resolve("cases"));
        for (int i = 0; i < CASES; i++) {
            copy(cases.resolve("case-" + i));
        }
        String document = Files.readString(Path.of("docs/policy.md"));
        int begin = document.indexOf("```yaml\napiVersion: airworthy/v1\nkind: Policy\n") + "```yaml\n".length();
        Files.writeString(folder.resolve("policy.yaml"), document.substring(begin, document.indexOf("```", begin)));

        String all = "policy test of " + CASES + " cases, a new process";
        String none = "the start of that process: version";
        Map<String, Timing.Work> contestants = new LinkedHashMap<>();
        contestants.put(all, () -> program("policy", "test", "policy.yaml", "cases"));
        contestants.put(none, () -> program("version"));
        Timing.compare(ROUNDS, () -> {}, contestants).print(none);
    }

    private void program(String... arguments) throws Exception {
        shell.run(Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.jenkins.plugins.airworthy.cli.Main"),
                        Stream.of(arguments))
                .toList());
    }

    /** A case as {@code verify --save} makes it: its document, the key and all that was read of the image. */
    private static void copy(Path to) throws Exception {
        Path from = SAMPLES.resolve("reference");
        Files.createDirectories(to);
        Files.copy(from.resolve("cart/case.yaml"), to.resolve("case.yaml"));
        Files.copy(from.resolve("release.pub"), to.resolve("release.pub"));
        try (Stream<Path> files = Files.walk(from.resolve("image"))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
