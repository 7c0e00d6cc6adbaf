package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.ScanResult;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;
import io.jenkins.plugins.airworthy.policy.GrypeScan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReportImportTest {
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    private static final Digest OTHER = Digest.of(new byte[] {9});

    @TempDir
    Path folder;

    private ResolvedImage image;
    private String id;

    @BeforeEach
    void makeImage() throws Exception {
        image = new SampleImage().with("hello.txt", "hello").in(folder, "any");
        id = image.platforms().get(0).manifest().config().digest().toString();
    }

    @Test
    void takesFromABareReportOnlyWhatItProves() throws Exception {
        ScanOutcome outcome = read(report(id, "2026-11-02T09:00:00Z", """
                {"Target":"Java","Class":"lang-pkgs","Packages":[{"Name":"a"}],
                 "Secrets":[{"RuleID":"r","Severity":"HIGH","Match":"s3cr3t"}]}""")).get(0);
        ScanResult result = outcome.result();

        assertThat(outcome.image()).isEqualTo(image.digest());
        assertThat(outcome.imported()).isTrue();
        assertThat(result.ran()).containsExactly(ScanResult.Kind.SECRET);
        assertThat(result.severities()).isEmpty();
        assertThat(result.database()).isEmpty();
        assertThat(result.finishedAt()).isEqualTo(Instant.parse("2026-11-02T09:00:00Z"));
        assertThat(outcome.cyclonedx()).isEmpty();
        assertThat(outcome.vulnerabilities().toString()).doesNotContain("s3cr3t");
    }

    /** It tells more than Trivy's, since Grype looks for nothing but vulnerabilities, and names its database. */
    @Test
    void takesReportOfGrypeWithoutWhatQuotesFiles() throws Exception {
        Instant made = Instant.parse("2026-11-02T09:00:00Z");
        GrypeScan scan = new GrypeScan(id, made).finding("CVE-1", "High", List.of("1.1"));
        ScanOutcome outcome = read(scan.report().toString()).get(0);
        ScanResult result = outcome.result();

        assertThat(outcome.image()).isEqualTo(image.digest());
        assertThat(outcome.imported()).isTrue();
        assertThat(result.scanner()).isEqualTo("grype");
        assertThat(result.scannerVersion()).isEqualTo("0.104.0");
        assertThat(result.ran()).containsExactly(ScanResult.Kind.VULNERABILITY);
        assertThat(result.database()).contains(new ScanResult.Database(made.minusSeconds(3_600)));
        assertThat(result.vulnerabilities())
                .extracting(ScanResult.Vulnerability::id)
                .containsExactly("CVE-1");
        assertThat(outcome.vulnerabilities().toString())
                .contains("https://github.com/anchore/grype")
                .doesNotContain("s3cr3t");
    }

    @Test
    void reportOfGrypeAboutAnotherImageIsRefused() {
        GrypeScan other = new GrypeScan(OTHER.toString(), NOW);
        assertThatThrownBy(() -> read(other.report().toString()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is about another image than " + image.pinned());
    }

    @Test
    void aReportOfOnePlatformIsAboutThatPlatform() throws Exception {
        image = SampleImage.indexIn(
                folder,
                "multi",
                new SampleImage().with("hello.txt", "hello"),
                new SampleImage().with("hello.txt", "hello from arm64"));
        String second = image.platforms().get(1).manifest().config().digest().toString();

        assertThat(read(report(second, "2026-11-02T09:00:00Z", "")))
                .extracting(ScanOutcome::image)
                .containsExactly(image.platforms().get(1).digest());
    }

    @Test
    void aReportOfAnotherImageHandedInIsRefused() {
        assertThatThrownBy(() -> read(report(OTHER.toString(), "2026-11-02T09:00:00Z", "")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is about another image than " + image.pinned())
                .hasMessageContaining(OTHER.toString());
    }

    @Test
    void aReportThatNamesTheDigestOfAnotherImageIsRefused() {
        String report = """
                {"SchemaVersion":2,"ArtifactType":"container_image","CreatedAt":"2026-11-02T09:00:00Z",
                 "Metadata":{"ImageID":"%s","RepoDigests":["r.example.com/app@%s"]}}""".formatted(id, OTHER);

        assertThatThrownBy(() -> read(report)).hasMessageContaining("is about another image");
    }

    @Test
    void refusesAReportOfTheFutureOrWithoutTime() {
        assertThatThrownBy(() -> read(report(id, "2026-11-02T10:06:00Z", ""))).hasMessageContaining("in the future");
        assertThatThrownBy(() -> read("""
                        {"SchemaVersion":2,"ArtifactType":"container_image","Metadata":{"ImageID":"%s"}}""".formatted(id))).hasMessageContaining("does not say when it was made");
    }

    @Test
    void marksItsStatementsAsImportedForEveryObserver() throws Exception {
        List<Statement> statements = read(report(id, "2026-11-02T09:00:00Z", ""))
                .get(0)
                .statements(Optional.empty(), new Observation(Observer.CONTROLLER, NOW));

        assertThat(statements).hasSize(1).allSatisfy(statement -> assertThat(statement.observation())
                .contains(new Observation(Observer.IMPORTED, NOW)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schemaVersion\":1,\"scans\":[]}",
                "{\"schemaVersion\":2,\"scans\":[{}]}",
                "{\"scans\":[{}]}",
                "{\"schemaVersion\":1,\"scans\":[{}],\"more\":1}",
                "{\"schemaVersion\":1,\"scans\":[{\"image\":\"latest\",\"vulnerabilities\":{}}]}",
                "{\"schemaVersion\":1,\"scans\":{}}",
                "{\"schemaVersion\":1,\"scans\":[7]}"
            })
    void aRecordHalfUnderstoodIsRefused(String record) {
        assertThatThrownBy(() -> read(record)).isInstanceOf(InvalidInputException.class);
    }

    /** A filtered report of a bad image looked like a clean bill of health. */
    @Test
    void doesNotDescribeAReportThatListsNothingAsACleanScan() throws Exception {
        for (String results : List.of("[]", "null")) {
            String report = report(id, "2026-11-02T09:00:00Z", "").replace("[]", results);
            assertThat(new ScanFindings(read(report).get(0).result()).found())
                    .isEqualTo("vulnerabilities: none listed (severities unknown);"
                            + " secrets, misconfigurations: not known to have been looked for");
        }
    }

    @Test
    void claimsAScanOnlyForListedKindsOfFindings() throws Exception {
        String report = report(id, "2026-11-02T09:00:00Z", """
                {"Target":"Java","Class":"lang-pkgs","Secrets":[{"RuleID":"r","Severity":"HIGH"}],
                 "Vulnerabilities":[{"VulnerabilityID":"CVE-1","PkgName":"a","InstalledVersion":"1","Severity":"LOW"}]}""");
        assertThat(new ScanFindings(read(report).get(0).result()).found())
                .isEqualTo("vulnerabilities: 1 LOW listed (severities unknown); secrets: 1;"
                        + " misconfigurations: not known to have been looked for");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"invocation\":{},\"scanner\":{\"result\":{}},\"metadata\":{}}|cosign attest",
                "{\"bomFormat\":\"CycloneDX\"}|CycloneDX",
                "{\"spdxVersion\":\"SPDX-2.3\"}|SPDX",
                "{\"version\":\"2.1.0\",\"runs\":[]}|SARIF"
            })
    void aDocumentOfAnotherKindIsRefusedByItsNameWithWhatToHandIn(String document, String name) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("airworthy scan --save")
                .hasMessageContaining("trivy image --format json");
    }

    private static String report(String id, String createdAt, String result) {
        return """
                {"SchemaVersion":2,"ArtifactType":"container_image","CreatedAt":"%s",
                 "Metadata":{"ImageID":"%s"},"Results":[%s]}""".formatted(createdAt, id, result);
    }

    private List<ScanOutcome> read(String text) throws Exception {
        return ReportImport.read(text.getBytes(StandardCharsets.UTF_8), image, InstantSource.fixed(NOW));
    }
}
