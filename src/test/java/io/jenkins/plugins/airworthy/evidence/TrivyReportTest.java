package io.jenkins.plugins.airworthy.evidence;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TrivyReportTest {
    private static final Digest CONFIG = Digest.of(new byte[] {1});
    private static final Digest MANIFEST = Digest.of(new byte[] {2});
    private static final Digest OTHER = Digest.of(new byte[] {3});

    @Test
    void dropsMembersThatAreNotListed() throws Exception {
        TrivyReport report = parse(withResult("""
                {"Target":"a","Class":"secret","FutureMember":{"Excerpt":"s3cr3t"},
                 "CustomResources":[{"Type":"x","Data":"s3cr3t"}],
                 "ExperimentalModifiedFindings":[{"Finding":{"Match":"s3cr3t"}}],
                 "Secrets":[{"RuleID":"r","Category":"c","Severity":"HIGH","Title":"t","Match":"s3cr3t","Offset":3,
                   "Code":{"Lines":[{"Content":"s3cr3t","Highlighted":"s3cr3t"}]}}],
                 "Misconfigurations":[{"ID":"m","Title":"t","Severity":"LOW","Status":"FAIL","Message":"RUN s3cr3t",
                   "Traces":["s3cr3t"],"CauseMetadata":{"Resource":"s3cr3t","Code":{"Lines":[{"Content":"s3cr3t"}]}}}],
                 "Licenses":[{"Name":"MIT","Category":"notice","Severity":"LOW","Text":"s3cr3t"}]}"""));

        assertThat(new String(report.toBytes(), StandardCharsets.UTF_8))
                .doesNotContain("s3cr3t")
                .contains("\"RuleID\":\"r\"");
        assertThat(report.stored().toString()).doesNotContain("s3cr3t");
        assertThat(findings(report).secrets()).containsExactly(new ScanResult.Secret("r", "t", Severity.HIGH, "a"));
        assertThat(findings(report).misconfigurations()).hasSize(1);
        assertThat(findings(report).licences())
                .containsExactly(new ScanResult.Licence("MIT", "notice", "a", Severity.LOW));
    }

    @Test
    void dropsTheImagesConfigurationWhoseEnvironmentMayContainPasswords() throws Exception {
        TrivyReport report = parse("""
                {"SchemaVersion":2,"ArtifactType":"container_image","Metadata":{"ImageID":"%s",
                 "ImageConfig":{"config":{"Env":["PASSWORD=s3cr3t"]},"history":[{"created_by":"RUN login s3cr3t"}]}}}
                """.formatted(CONFIG));

        assertThat(new String(report.toBytes(), StandardCharsets.UTF_8)).doesNotContain("s3cr3t");
    }

    @Test
    void doesNotCountPassedConfigurationChecks() throws Exception {
        TrivyReport report = parse(withResult("""
                {"Target":"a","Misconfigurations":[{"ID":"p","Status":"PASS"},{"ID":"f","Status":"FAIL"},
                 {"ID":"e","Status":"EXCEPTION"},{"ID":"n"}]}"""));

        assertThat(findings(report).misconfigurations())
                .extracting(ScanResult.Misconfiguration::id)
                .containsExactly("f", "e", "n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"severe\"", "\"critical\"", "null"})
    void readsAnUnfamiliarSeverityAsUnknown(String severity) throws Exception {
        TrivyReport report = parse(withResult("{\"Target\":\"a\",\"Vulnerabilities\":[{\"VulnerabilityID\":\"V\","
                + "\"PkgName\":\"p\",\"Severity\":" + severity + "}]}"));

        assertThat(findings(report).vulnerabilities())
                .extracting(ScanResult.Vulnerability::severity)
                .containsExactly(Severity.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Target\":\"a\",\"Vulnerabilities\":\"none\"}",
                "{\"Target\":\"a\",\"Vulnerabilities\":7}",
                "{\"Target\":\"a\",\"Vulnerabilities\":[null]}",
                "{\"Target\":\"a\",\"Vulnerabilities\":[[]]}",
                "{\"Target\":\"a\",\"Vulnerabilities\":[{}]}",
                "{\"Target\":\"a\",\"Vulnerabilities\":[{\"VulnerabilityID\":\"\",\"PkgName\":\"p\"}]}",
                "{\"Target\":\"a\",\"Vulnerabilities\":[{\"VulnerabilityID\":\"V\",\"PkgName\":\"p\",\"Severity\":9}]}",
                "{\"Target\":\"a\",\"Vulnerabilities\":[{\"VulnerabilityID\":\"V\",\"PkgName\":\"p\","
                        + "\"PublishedDate\":\"soon\"}]}",
                "{\"Target\":\"a\",\"Secrets\":[{\"Title\":\"t\"}]}",
                "{\"Target\":{\"a\":1}}",
                "{\"Vulnerabilities\":[]}",
                "{\"Target\":\"a\",\"Target\":\"b\"}",
                "[]",
                "null"
            })
    void refusesResultsThatCouldHideAFinding(String result) {
        assertThatThrownBy(() -> {
                    TrivyFindings findings = findings(parse(withResult(result)));
                    findings.targets();
                    findings.vulnerabilities();
                    findings.secrets();
                })
                .isInstanceOf(InvalidInputException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"SchemaVersion\":1,\"ArtifactType\":\"container_image\"}",
                "{\"SchemaVersion\":3,\"ArtifactType\":\"container_image\"}",
                "{\"SchemaVersion\":2,\"ArtifactType\":\"filesystem\"}",
                "{\"SchemaVersion\":2}",
                "{\"SchemaVersion\":2,\"ArtifactType\":\"container_image\",\"Results\":{\"Target\":1}}",
                "{\"SchemaVersion\":2,\"ArtifactType\":\"container_image\"} trailing",
                "<html>"
            })
    void refusesWhatIsNoReportOfAnImage(String text) {
        assertThatThrownBy(() -> findings(parse(text)).targets()).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void refusesTextsAndListsBeyondTheirLimits() {
        assertThatThrownBy(() -> parse(withResult("{\"Target\":\"" + "x".repeat(ReportShape.MAX_TEXT + 1) + "\"}")))
                .hasMessageContaining("longer than the allowed " + ReportShape.MAX_TEXT);
        assertThatThrownBy(() -> parse(withResult(
                        "{\"Target\":\"a\",\"Packages\":[" + "{},".repeat(ReportShape.MAX_ELEMENTS) + "{}]}")))
                .hasMessageContaining("more than the allowed " + ReportShape.MAX_ELEMENTS);
        assertThatThrownBy(
                        () -> parse(withResult("{\"Target\":\"a\",\"Type\":" + "[".repeat(80) + "]".repeat(80) + "}")))
                .hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> TrivyReport.parse(new byte[TrivyReport.MAX_BYTES + 1]))
                .hasMessageContaining("larger than the allowed");
    }

    @Test
    void refusesMoreTargetsThanTheLimit() {
        String target = "{\"Target\":\"a\"},";
        String results = target.repeat(TrivyFindings.MAX_TARGETS) + "{\"Target\":\"a\"}";

        assertThatThrownBy(() -> findings(parse(withResult(results))).targets())
                .hasMessageContaining("more than the allowed " + TrivyFindings.MAX_TARGETS);
    }

    @Test
    void refusesMoreFindingsThanTheLimitHoweverTheyAreSpread() {
        String secret = "{\"RuleID\":\"r\"},";
        String half = "{\"Target\":\"a\",\"Secrets\":[" + secret.repeat(TrivyFindings.MAX_FINDINGS / 2)
                + "{\"RuleID\":\"r\"}]}";

        assertThatThrownBy(() -> findings(parse(withResult(half + "," + half))).secrets())
                .hasMessageContaining("more than the allowed " + TrivyFindings.MAX_FINDINGS);
    }

    @Test
    void isOfTheImageOnlyWhenIdAndDigestsAgree() throws Exception {
        assertThat(image(CONFIG, "").isOf(CONFIG, Set.of(MANIFEST))).isTrue();
        assertThat(image(CONFIG, "\"r/a@" + MANIFEST + "\"").isOf(CONFIG, Set.of(MANIFEST)))
                .isTrue();
        assertThat(image(CONFIG, "\"r/a@" + OTHER + "\",\"q/a@" + MANIFEST + "\"")
                        .isOf(CONFIG, Set.of(MANIFEST)))
                .isTrue();
        assertThat(image(OTHER, "").isOf(CONFIG, Set.of(MANIFEST))).isFalse();
        assertThat(image(OTHER, "\"r/a@" + MANIFEST + "\"").isOf(CONFIG, Set.of(MANIFEST)))
                .isFalse();
        assertThat(image(CONFIG, "\"r/a@" + OTHER + "\"").isOf(CONFIG, Set.of(MANIFEST)))
                .isFalse();
        assertThat(parse("{\"SchemaVersion\":2,\"ArtifactType\":\"container_image\"}")
                        .image()
                        .isOf(CONFIG, Set.of(MANIFEST)))
                .isFalse();
    }

    @Test
    void anOperatingSystemThatTrivyDidNotRecogniseIsAbsent() throws Exception {
        assertThat(findings(parse(withMetadata("\"OS\":{\"Family\":\"none\",\"Name\":\"\"}")))
                        .os())
                .isEmpty();
        assertThat(findings(parse(withMetadata("\"Size\":1"))).os()).isEmpty();
        assertThat(findings(parse(withMetadata("\"OS\":{\"Family\":\"debian\",\"Name\":\"9\",\"EOSL\":true}")))
                        .os())
                .contains(new ScanResult.OperatingSystem("debian", "9", true));
    }

    private static ScanResult.ScannedImage image(Digest id, String repoDigests) throws InvalidInputException {
        return parse(withMetadata("\"ImageID\":\"" + id + "\",\"RepoDigests\":[" + repoDigests + "]"))
                .image();
    }

    private static String withMetadata(String members) {
        return "{\"SchemaVersion\":2,\"ArtifactType\":\"container_image\",\"Metadata\":{" + members + "}}";
    }

    private static String withResult(String result) {
        return "{\"SchemaVersion\":2,\"ArtifactType\":\"container_image\",\"Results\":[" + result + "]}";
    }

    private static TrivyReport parse(String text) throws InvalidInputException {
        return TrivyReport.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static TrivyFindings findings(TrivyReport report) {
        return new TrivyFindings(report.view());
    }
}
