package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.scan.TrivyTestCache;
import io.jenkins.plugins.airworthy.tools.RegistryServer;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands of the first steps, word for word in a shell. */
class FirstStepsIT {
    private static final Path FIRST_STEPS = Path.of("docs/first-steps.md");

    @TempDir
    Path folder;

    @Test
    void anImageIsRefusedThenSignedThenPromoted() throws Exception {
        Files.createDirectory(folder.resolve("target"));
        Files.copy(Path.of(System.getProperty("airworthy.cli")), folder.resolve("target/airworthy-cli.jar"));
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

    /** With the demo's database of vulnerabilities, which is older than the policy allows by default. */
    @Test
    void anImageInARegistryIsBuiltTestedScannedSignedAndPromoted() throws Exception {
        TrivyTestCache.copy(folder.resolve("trivy-cache"));
        Files.createDirectory(folder.resolve("registry"));
        String bin = Path.of(System.getProperty("java.home"), "bin") + ":"
                + Tool.require("trivy").executable().getParent();
        try (RegistryServer registry = RegistryServer.distribution(folder.resolve("registry"))) {
            String text = Files.readString(FIRST_STEPS).replace("localhost:5000", registry.host());
            String section = text.substring(text.indexOf("## With a registry"));
            List<String> files = blocks(section, "```yaml\n");
            Files.writeString(
                    folder.resolve("policy.yaml"),
                    files.get(0).replace("onlyFixable: true", "onlyFixable: true, databaseMaxAge: 9000d"));
            Files.writeString(folder.resolve("structure.yaml"), files.get(1));
            String commands = "airworthy() { java -jar " + System.getProperty("airworthy.cli") + " \"$@\"; }\n"
                    + blocks(section, "\n\n```\n")
                            .get(0)
                            .replace("airworthy scan ", "airworthy scan --cache trivy-cache --offline ");

            Tool.Outcome outcome = new Tool(Path.of("/bin/sh"))
                    .run(folder, Map.of("PATH", bin + ":" + System.getenv("PATH")), "-e", "-c", commands)
                    .succeeded();

            assertThat(outcome.out())
                    .containsSubsequence("built ", "tested ", "scanned ", "signed ", "promoted " + registry.host());
        }
    }

    private static List<String> blocks(String text, String start) {
        return Pattern.compile(Pattern.quote(start) + "(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
