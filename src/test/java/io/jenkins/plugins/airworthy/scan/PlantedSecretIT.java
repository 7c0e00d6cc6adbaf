package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static io.jenkins.plugins.airworthy.scan.SampleImage.PLANTED;
import static org.assertj.core.api.Assertions.assertThat;

/** A secret in an image is found, and is in nothing that we keep, write or say. */
class PlantedSecretIT {
    @TempDir
    Path folder;

    @Test
    void reportsAPlantedSecretWithoutQuotingIt() throws Exception {
        Path cache = TrivyTestCache.copy(folder.resolve("cache"));
        Path images = folder.resolve("images");
        planted().in(images, "leaky");
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Tool trivy = Tool.require("trivy");

        Tool.Outcome naive = trivy.run(
                        workspace,
                        Map.of("HOME", workspace.toString()),
                        "image",
                        "--cache-dir",
                        TrivyTestCache.copy(folder.resolve("other-cache")).toString(),
                        "--skip-db-update",
                        "--skip-java-db-update",
                        "--skip-check-update",
                        "--offline-scan",
                        "--scanners",
                        "misconfig,secret",
                        "--image-config-scanners",
                        "misconfig,secret",
                        "--format",
                        "json",
                        "--input",
                        images.toString())
                .succeeded();
        assertThat(naive.out()).contains(PLANTED);
        assertThat(naive.err()).contains(PLANTED.toLowerCase(java.util.Locale.ROOT));

        ScanProgram.Said said = ScanProgram.run(
                workspace,
                temporary,
                Map.of("PATH", trivy.executable().getParent() + File.pathSeparator + System.getenv("PATH")),
                "oci:" + images + ":leaky",
                cache.toString());

        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(said.out()).contains("github-pat");
        assertThat(said.err()).contains("Scanning oci:").doesNotContain("trivy:");
        for (String text : List.of(said.out(), said.err())) {
            assertThat(text).doesNotContainIgnoringCase(PLANTED);
        }
        assertThat(temporary).isEmptyDirectory();
        assertThat(workspace).isEmptyDirectory();
        assertThat(filesThatHold(cache)).isEmpty();
        assertThat(cache.resolve("fanal")).as("a cache of findings").doesNotExist();
    }

    private static SampleImage planted() throws Exception {
        return SampleImage.withLog4Shell()
                .with("app/credentials", "token = " + PLANTED + "\n")
                .with("app/Dockerfile", PLANTED + " here\n")
                .with("app/pod.yaml", """
                        apiVersion: v1
                        kind: Pod
                        metadata: {name: x}
                        spec:
                          containers:
                          - name: a
                            image: foo
                            securityContext: {privileged: true}
                            env: [{name: PASSWORD, value: %s}]
                        """.formatted(PLANTED))
                .withEnvironment("TOKEN=" + PLANTED)
                .builtBy("/bin/sh -c cd /x && curl -H 'Authorization: " + PLANTED + "' https://example.com");
    }

    private static List<Path> filesThatHold(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> {
                        try {
                            return Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .contains(PLANTED);
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }
}
