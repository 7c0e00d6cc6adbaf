package io.jenkins.plugins.airworthy.scan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.image.layout.LayoutStore;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.tools.Tool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Reports that a real Trivy made elsewhere. */
class ReportImportIT {
    @TempDir
    Path folder;

    private TrivySettings settings;
    private ResolvedImage image;

    @BeforeEach
    void prepare() throws Exception {
        settings = TrivyTestCache.offline(TrivyTestCache.copy(folder.resolve("cache")));
        image = SampleImage.withLog4Shell().in(folder.resolve("images"), "bad");
    }

    @Test
    void aRecordOfAScanSaysTheSameButThatItWasImported() throws Exception {
        ScanOutcome made = scan();

        ScanOutcome read = read(ScanRecord.write(List.of(made)), image).get(0);

        assertThat(read.imported()).isTrue();
        assertThat(read.result()).isEqualTo(made.result());
        assertThat(read.cyclonedx()).isEqualTo(made.cyclonedx());
        assertThat(read.spdx()).isEqualTo(made.spdx());
        assertThat(read.vulnerabilities().toString()).contains("\"imported=true\"");
        assertThat(ScanRecord.write(read(ScanRecord.write(List.of(read)), image)))
                .isEqualTo(ScanRecord.write(List.of(read)));
    }

    @Test
    void aRecordOfAnotherImageIsRefused() throws Exception {
        byte[] record = ScanRecord.write(List.of(scan()));
        ResolvedImage other = new SampleImage().with("hello.txt", "hello").in(folder.resolve("images"), "other");

        assertThatThrownBy(() -> read(record, other)).hasMessageContaining("is about another image");
    }

    @Test
    void billsOfMaterialsOfAnotherImageAreRefused() throws Exception {
        ScanOutcome made = scan();
        String id = image.platforms().get(0).manifest().config().digest().toString();
        ObjectNode cyclonedx = renamed(made.cyclonedx().orElseThrow(), id);
        ObjectNode spdx = renamed(made.spdx().orElseThrow(), id);

        assertThatThrownBy(() -> read(
                        ScanRecord.write(
                                List.of(with(made, cyclonedx, made.spdx().get()))),
                        image))
                .hasMessageContaining("its CycloneDX document");
        assertThatThrownBy(() -> read(
                        ScanRecord.write(List.of(with(made, made.cyclonedx().get(), spdx))), image))
                .hasMessageContaining("its SPDX document");
    }

    @Test
    void aBareReportOfTrivyIsTakenForWhatItProves() throws Exception {
        String report = Tool.require("trivy")
                .run(
                        folder,
                        Map.of(),
                        "image",
                        "--cache-dir",
                        settings.cache().toString(),
                        "--skip-db-update",
                        "--skip-java-db-update",
                        "--offline-scan",
                        "--skip-version-check",
                        "--disable-telemetry",
                        "--format",
                        "json",
                        "--input",
                        folder.resolve("images").toString())
                .succeeded()
                .out();

        ScanResult result =
                read(report.getBytes(StandardCharsets.UTF_8), image).get(0).result();

        assertThat(result.vulnerabilities())
                .extracting(ScanResult.Vulnerability::id)
                .contains("CVE-2021-44228");
        assertThat(result.ran()).containsExactly(ScanResult.Kind.VULNERABILITY);
        assertThat(result.severities()).isEmpty();
        assertThat(result.database()).isEmpty();
        assertThat(result.packages()).isEqualTo(2);
    }

    private static ScanOutcome with(ScanOutcome outcome, ObjectNode cyclonedx, ObjectNode spdx) {
        return new ScanOutcome(
                outcome.image(),
                outcome.vulnerabilities(),
                java.util.Optional.of(cyclonedx),
                java.util.Optional.of(spdx),
                false);
    }

    private static ObjectNode renamed(ObjectNode document, String id) throws Exception {
        String text = new String(StrictJson.write(document), StandardCharsets.UTF_8);
        String other = text.replace(id, "sha256:" + "0".repeat(64));
        assertThat(other).isNotEqualTo(text);
        return StrictJson.parseObject(other.getBytes(StandardCharsets.UTF_8), "bom", ScanRecord.MAX_BYTES)
                .node();
    }

    private ScanOutcome scan() throws Exception {
        try (ImageStore store = LayoutStore.open((LayoutReference) image.asked())) {
            return new Scanner(settings, InstantSource.system())
                    .scan(store, image, Progress.SILENT)
                    .get(0);
        }
    }

    private static List<ScanOutcome> read(byte[] file, ResolvedImage image) throws Exception {
        return ReportImport.read(file, image, InstantSource.system());
    }
}
