package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.testing.TestCase;
import io.jenkins.plugins.airworthy.testing.TestReport;
import io.jenkins.plugins.airworthy.testing.junit.JUnitReports;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Verdicts as other programs read them: SARIF, and the results of tests in JUnit's XML. */
class ReportFormatsTest {
    @TempDir
    static Path folder;

    private static String signed;
    private static String unsigned;
    private static String policy;
    private static String audit;

    private final Session session = new Session();

    @BeforeAll
    static void makeImages() throws Exception {
        signed = "oci:" + folder.resolve("images") + ":signed";
        unsigned = "oci:" + folder.resolve("images") + ":unsigned";
        policy = policy("policy.yaml", "");
        audit = policy("audit.yaml", "mode: audit\n  ");
        Session maker = new Session();
        maker.environment.put(KeyPasswords.VARIABLE, "secret");
        succeed(maker.run("key", "generate", "--output", "" + folder.resolve("release")));
        for (String image : new String[] {signed, unsigned}) {
            Path file = Files.writeString(folder.resolve("app.txt"), image);
            succeed(maker.run("build", "--base", "scratch", "--file", file + ":/app.txt", "--to", image));
        }
        succeed(maker.run("sign", signed, "--key", "" + folder.resolve("release.key")));
    }

    private static String policy(String name, String mode) throws Exception {
        return Files.writeString(folder.resolve(name), """
                apiVersion: airworthy/v1
                kind: Policy
                metadata: {name: test}
                spec:
                  %strust: {keys: [release]}
                  images: [{from: "oci:%s", to: "oci:%s"}]
                  checklist: [{signature: {}}]
                  without: [{rule: vulnerabilities, reason: "nothing is scanned in this test <&>"}]
                """.formatted(
                                mode, folder.resolve("images"), folder.resolve("production")))
                .toString();
    }

    private static void succeed(Session.Ended ended) {
        assertThat(ended.status()).as(ended.err()).isZero();
    }

    private Session.Ended judge(String command, String by, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of(command, "--policy", by, "--trust", "release=" + folder.resolve("release.pub")));
        all.addAll(List.of(arguments));
        return session.run(all.toArray(String[]::new));
    }

    /** As the product itself reads the results of tests. */
    private TestReport junit(String xml) throws Exception {
        Files.writeString(folder.resolve("result.xml"), xml);
        return JUnitReports.read(folder, List.of("result.xml"), Optional.empty());
    }

    private static List<String> names(TestReport report, TestCase.Status status) {
        return report.cases().stream()
                .filter(test -> test.status() == status)
                .map(test -> test.name().replaceFirst("^.*[.:#]", ""))
                .toList();
    }

    @Test
    void anImageThatPassesIsASuiteOfPassedAndSkippedCases() throws Exception {
        Session.Ended ended = judge("verify", policy, signed, "--format", "junit");

        assertThat(ended.status()).isZero();
        assertThat(ended.out()).contains("<testsuite name=\"oci:" + folder.resolve("images") + "@sha256:");
        TestReport report = junit(ended.out());
        assertThat(report.passed()).isTrue();
        assertThat(report.cases()).anyMatch(test -> test.name().contains("verdict"));
        assertThat(report.cases()).anyMatch(test -> test.status() == TestCase.Status.SKIPPED);
    }

    @Test
    void anImageThatIsRefusedIsASuiteWithFailures() throws Exception {
        Session.Ended ended = judge("verify", policy, unsigned, "--format=junit");

        assertThat(ended.status()).isEqualTo(1);
        TestReport report = junit(ended.out());
        assertThat(report.passed()).isFalse();
        assertThat(names(report, TestCase.Status.FAILED)).hasSize(2);
        assertThat(ended.out()).contains("<failure message=\"", "type=\"refused\"");
    }

    /** A policy that only watches promotes nothing, and its verdict passes all the same. */
    @Test
    void aPromotionThatIsRefusedFailsAlsoWhereTheVerdictPassed() throws Exception {
        String target = "oci:" + folder.resolve("production") + ":1";
        Session.Ended ended = judge("promote", audit, signed, target, "--format", "junit");
        assertThat(ended.status()).as(ended.out()).isEqualTo(1);
        assertThat(junit(ended.out()).passed()).isFalse();

        JsonNode log =
                judge("promote", audit, signed, target, "--format", "sarif").json();
        assertThat(log.at("/runs/0/results/0/level").textValue()).isEqualTo("error");
        assertThat(log.at("/runs/0/results/0/message/text").textValue()).contains("nothing was written");
    }

    @Test
    void aLogHasARuleForEachRefusedItemAndThePlaceOfTheImage() throws Exception {
        JsonNode log = judge("verify", policy, unsigned, "--format", "sarif").json();

        SarifShape.check(log);
        JsonNode run = log.at("/runs/0");
        assertThat(run.at("/invocations/0/executionSuccessful").booleanValue()).isTrue();
        assertThat(run.at("/invocations/0/exitCode").intValue()).isEqualTo(1);
        assertThat(run.at("/results/0/ruleId").textValue()).isEqualTo("signature");
        assertThat(run.at("/results/0/level").textValue()).isEqualTo("error");
        assertThat(run.at("/results/0/locations/0/logicalLocations/0/fullyQualifiedName")
                        .textValue())
                .startsWith("oci:" + folder.resolve("images") + "@sha256:");
        assertThat(run.at("/results/0/locations/0/physicalLocation/artifactLocation/uri")
                        .textValue())
                .matches("oci:/.*@sha256:[0-9a-f]{64}");
    }

    @Test
    void anImageThatPassesHasNoResult() throws Exception {
        JsonNode log = judge("verify", policy, signed, "--format", "sarif").json();

        SarifShape.check(log);
        assertThat(log.at("/runs/0/results")).isEmpty();
        assertThat(log.at("/runs/0/tool/driver/rules").findValuesAsText("id")).contains("signature", "verdict");
        assertThat(log.at("/runs/0/artifacts/0/location/uri").textValue()).matches("oci:/.*@sha256:[0-9a-f]{64}");
        assertThat(log.at("/runs/0/invocations/0/exitCode").intValue()).isZero();
    }

    @Test
    void ofSeveralImagesOneWithoutAVerdictIsAnErrorAndNotAPass() throws Exception {
        String absent = "oci:" + folder.resolve("images") + ":absent";

        Session.Ended junit = judge("verify", policy, signed, absent, "--format", "junit");
        assertThat(junit.status()).isEqualTo(3);
        assertThat(junit.out()).contains("<error message=\"", "errors=\"1\"");
        assertThat(junit(junit.out()).passed()).isFalse();

        JsonNode log =
                judge("verify", policy, signed, absent, "--format", "sarif").json();
        SarifShape.check(log);
        assertThat(log.at("/runs/0/invocations/0/executionSuccessful").booleanValue())
                .isFalse();
        assertThat(log.at("/runs/0/results")).hasSize(1);
        assertThat(log.at("/runs/0/results/0/ruleId").textValue()).isEqualTo("verdict");
        assertThat(log.at("/runs/0/results/0/level").textValue()).isEqualTo("error");
        assertThat(log.at("/runs/0/results/0/locations/0/logicalLocations/0/fullyQualifiedName")
                        .textValue())
                .isEqualTo(absent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "unknown option", "no policy"})
    void aRunWithoutAVerdictIsReadAsAPassByNoProgram(String fault) throws Exception {
        for (String format : List.of("junit", "sarif")) {
            Session.Ended ended =
                    switch (fault) {
                        case "absent" ->
                            judge("verify", policy, "oci:" + folder.resolve("images") + ":absent", "--format", format);
                        case "unknown option" ->
                            judge("verify", policy, signed, "--no-such-option", "--format=" + format);
                        default -> session.run("verify", signed, "--format", format);
                    };
            assertThat(ended.status()).isIn(2, 3);
            if (format.equals("junit")) {
                assertThat(ended.out()).contains("<error message=");
                assertThat(junit(ended.out()).passed()).isFalse();
            } else {
                SarifShape.check(ended.json());
                assertThat(ended.json()
                                .at("/runs/0/invocations/0/executionSuccessful")
                                .booleanValue())
                        .isFalse();
                assertThat(ended.json().at("/runs/0/invocations/0/toolExecutionNotifications"))
                        .isNotEmpty();
                assertThat(ended.json().at("/runs/0/results/0/ruleId").textValue())
                        .isEqualTo("verdict");
                assertThat(ended.json().at("/runs/0/results/0/level").textValue())
                        .isEqualTo("error");
            }
        }
    }

    /** The signal decides between two codes, and a log that names the other one would lie. */
    @Test
    void aStoppedRunNamesNoExitCodeAndSaysWhatIsTrueOfItsOwnWork() throws Exception {
        Thread.currentThread().interrupt();
        Session.Ended ended = judge("verify", policy, signed, "--format", "sarif");
        assertThat(Thread.interrupted()).isTrue();

        assertThat(ended.status()).isEqualTo(130);
        SarifShape.check(ended.json());
        assertThat(ended.json().at("/runs/0/invocations/0").has("exitCode")).isFalse();
        assertThat(ended.json().at("/runs/0/results/0/message/text").textValue())
                .contains("interrupted before the end. No tag was moved")
                .doesNotContain(Command.OF_A_TAG);
    }

    /** The scan of an imported report does not say what was asked, so an empty list would prove nothing. */
    @Test
    void theFindingsOfAScanAreResultsUnderTheirOwnNames() throws Exception {
        Path images = folder.resolve("images");
        String digest = StrictJson.parse(
                        session.run("evidence", unsigned, "--format", "json")
                                .out()
                                .getBytes(UTF_8),
                        "evidence",
                        100_000)
                .path("digest")
                .textValue();
        String config = StrictJson.parse(
                        Files.readAllBytes(
                                images.resolve("blobs/sha256").resolve(digest.substring("sha256:".length()))),
                        "manifest",
                        100_000)
                .at("/config/digest")
                .textValue();
        Path report = Files.writeString(
                folder.resolve("trivy.json"), """
                {"SchemaVersion":2,"ArtifactType":"container_image","CreatedAt":"%s","Metadata":{"ImageID":"%s"},
                 "Results":[{"Target":"app","Class":"lang-pkgs","Type":"jar","Vulnerabilities":[
                  {"VulnerabilityID":"CVE-2021-44228","PkgName":"log4j","InstalledVersion":"2.14.1","Severity":"CRITICAL"},
                  {"VulnerabilityID":"CVE-2026-0001","PkgName":"a<b>","InstalledVersion":"1","Severity":"LOW"}]}]}
                """.formatted(Instant.now().minusSeconds(60), config));

        Session.Ended ended = session.run("scan", unsigned, "--report", report.toString(), "--format", "sarif");

        assertThat(ended.status()).as(ended.err()).isZero();
        JsonNode log = ended.json();
        SarifShape.check(log);
        assertThat(log.at("/runs/0/results/0/ruleId").textValue()).isEqualTo("CVE-2021-44228");
        assertThat(log.at("/runs/0/results/0/level").textValue()).isEqualTo("error");
        assertThat(log.at("/runs/0/results/1/level").textValue()).isEqualTo("note");
        assertThat(log.at("/runs/0/results/0/locations/0/logicalLocations/0/fullyQualifiedName")
                        .textValue())
                .endsWith("@" + digest);
        assertThat(log.at("/runs/0/invocations/0/toolExecutionNotifications/0/level")
                        .textValue())
                .isEqualTo("warning");
    }

    @Test
    void aCommandWithoutSuchAReportSaysSoBeforeItBegins() {
        Session.Ended ended = session.run("policy", "check", policy, "--format", "junit");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.err()).contains("junit");
        assertThat(ended.out()).isEmpty();
        assertThat(session.run("sign", signed, "--key", "k", "--format", "sarif")
                        .out())
                .isEmpty();
        assertThat(session.run("--format=sarif", "sign", signed, "--key", "k").out())
                .isEmpty();
    }
}
