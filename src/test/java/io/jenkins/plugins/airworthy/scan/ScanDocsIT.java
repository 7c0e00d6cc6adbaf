package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.Severity;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples of docs/scanning.md. */
class ScanDocsIT {
    @TempDir
    Path folder;

    @Test
    void theExampleScansAndImports() throws Exception {
        SampleImage.withLog4Shell().in(folder.resolve("target/images"), "1.0");
        TrivyTestCache.copy(folder.resolve("target/trivy-cache"));
        String commands = block("```\n")
                .replaceAll(
                        "(?m)^airworthy",
                        Path.of(System.getProperty("java.home"), "bin", "java") + " -jar "
                                + System.getProperty("airworthy.cli"));
        String path = Tool.require("trivy").executable().getParent() + File.pathSeparator + System.getenv("PATH");

        Tool.Outcome outcome = new Tool(Path.of("/bin/sh"))
                .run(folder, Map.of("PATH", path), "-e", "-c", commands)
                .succeeded();

        assertThat(outcome.out()).contains("CVE-2021-44228").contains("imported");
        assertThat(folder.resolve("target/scan.json")).exists();
    }

    @Test
    void theExampleOfARecordIsRead() throws Exception {
        ScanResult result = ScanResult.parse(new Statement(
                new Subject(Optional.empty(), Digest.of(new byte[0])),
                Optional.empty(),
                PredicateTypes.VULNERABILITIES,
                StrictJson.parseObject(
                                block("```json\n").getBytes(StandardCharsets.UTF_8), "example", Statement.MAX_BYTES)
                        .node()));

        assertThat(result.ran()).containsExactlyInAnyOrder(ScanResult.Kind.values());
        assertThat(result.severities()).containsExactlyInAnyOrder(Severity.values());
        assertThat(result.database()).isPresent();
        assertThat(result.javaDatabase()).isPresent();
        assertThat(result.image().id()).isPresent();
    }

    private static String block(String start) throws Exception {
        String text = Files.readString(Path.of("docs/scanning.md"));
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf("```", from));
    }
}
