package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands of the first steps, word for word in a shell. */
class FirstStepsIT {
    private static final Path README = Path.of("README.md");
    private static final Path FIRST_STEPS = Path.of("docs/first-steps.md");

    @TempDir
    Path folder;

    @Test
    void anImageIsRefusedThenSignedThenPromoted() throws Exception {
        Files.createDirectory(folder.resolve("target"));
        Files.copy(Path.of(System.getProperty("airworthy.cli")), folder.resolve("target/airworthy-cli.jar"));
        Files.copy(README, folder.resolve(README));
        String text = Files.readString(FIRST_STEPS);
        int from = text.indexOf("```sh\n") + "```sh\n".length();
        String commands = text.substring(from, text.indexOf("```", from));
        String path = Path.of(System.getProperty("java.home"), "bin") + ":" + System.getenv("PATH");

        Tool.Outcome outcome = new Tool(Path.of("/bin/sh"))
                .run(folder, Map.of("PATH", path), "-c", commands)
                .succeeded();

        assertThat(outcome.out())
                .containsSubsequence(
                        "built ",
                        "FAILED   signature",
                        "nothing was written to oci:target/try/prod/app:1.0",
                        "signed ",
                        "passed   signature: signed by key me",
                        "promoted oci:target/try/prod/app:1.0",
                        "1 verified, 0 unverified");
    }
}
