package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The examples of docs/image-build.md and docs/provenance.md. */
class BuildDocsIT {
    @TempDir
    Path folder;

    @Test
    void theExampleBuilds() throws Exception {
        Sources.application(folder.resolve("target/classes"));
        Files.createDirectory(folder.resolve("bin"));
        Files.writeString(folder.resolve("bin/start"), "#!/bin/sh\n");
        String command = block("docs/image-build.md", "```\n")
                .replace("\\\n", " ")
                .replaceAll(
                        "(?m)^airworthy",
                        Path.of(System.getProperty("java.home"), "bin", "java") + " -jar "
                                + System.getProperty("airworthy.cli"));

        Tool.Outcome outcome = new Tool(Path.of("/bin/sh"))
                .run(folder, Map.of(), "-c", command)
                .succeeded();

        assertThat(outcome.out()).contains("oci:target/images:1.0 at sha256:");
        assertThat(folder.resolve("target/images/index.json")).exists();
    }

    @Test
    void theExampleOfProvenanceIsRead() throws Exception {
        Statement statement = new Statement(
                new Subject(Optional.empty(), Digest.of(new byte[0])),
                Optional.empty(),
                PredicateTypes.PROVENANCE,
                StrictJson.parseObject(
                                block("docs/provenance.md", "```json\n").getBytes(UTF_8),
                                "example",
                                Statement.MAX_BYTES)
                        .node());
        Provenance provenance = Provenance.parse(statement);
        assertThat(provenance.base().orElseThrow().reference()).isEqualTo("registry.example.com/base/jre:21");
        assertThat(provenance.source().orElseThrow().commit()).isPresent();
    }

    private static String block(String file, String start) throws Exception {
        String text = Files.readString(Path.of(file));
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf("```", from));
    }
}
