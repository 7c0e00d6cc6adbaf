package io.jenkins.plugins.airworthy.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static io.jenkins.plugins.airworthy.policy.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

class GrypeScanTest {
    private static final PlatformImage IMAGE = Given.image();
    private static final String RULE = "deny: [CRITICAL, HIGH], scanners: [grype]";

    @Test
    void passesScanWithoutDeniedFindings() throws Exception {
        Verdict.Item item = judge(RULE, scan().finding("CVE-1", "Medium", List.of()));
        assertThat(item.reason()).contains("none denied among 1 vulnerability in 1 package");
        assertThat(item.status()).isEqualTo(Status.PASSED);
    }

    @ParameterizedTest
    @CsvSource({
        "Critical, FAILED",
        "High, FAILED",
        "Medium, PASSED",
        "Low, PASSED",
        "Negligible, PASSED",
        "Unknown, FAILED",
        "'', FAILED",
        "Enormous, FAILED"
    })
    void readsEverySeverity(String severity, Status status) throws Exception {
        assertThat(judge(RULE, scan().finding("CVE-1", severity, List.of("1.1")))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void namesScannerThatPolicyDoesNotAcceptAndWhatToWrite() throws Exception {
        Verdict.Item item = judge("deny: [CRITICAL]", scan().finding("CVE-1", "Low", List.of()));
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason())
                .isEqualTo("the scan is by grype, and this rule accepts scans by trivy (a policy may name more:"
                        + " scanners: [grype, trivy])");
    }

    @Test
    void refusesTrivysScanIfOnlyGrypeIsAccepted() throws Exception {
        Verdict.Item item = judge(RULE, Scan.of(IMAGE).evidence());
        assertThat(item.reason()).contains("the scan is by trivy, and this rule accepts scans by grype");
    }

    /** Grype calls a finding by a GitHub advisory, where policies and other scanners say CVE. */
    @Test
    void callsFindingByItsCves() throws Exception {
        GrypeScan scan = scan().finding("GHSA-jfh8-c2jp-5v3q", "Critical", List.of("2.15.0"), "CVE-2021-44228");
        assertThat(judge(RULE, scan).reason())
                .contains("CVE-2021-44228 (CRITICAL) in lib 1.0, fixed in 2.15.0")
                .doesNotContain("GHSA");
        assertThat(judge(RULE, scan().finding("GHSA-jfh8-c2jp-5v3q", "Critical", List.of()))
                        .reason())
                .contains("GHSA-jfh8-c2jp-5v3q (CRITICAL)");
    }

    @Test
    void deniesWhatIsAlwaysDeniedUnderAnyNameAndSeverity() throws Exception {
        String always = RULE + ", onlyFixable: true, always: [cve-2021-44228]";
        assertThat(judge(always, scan().finding("GHSA-x", "Low", List.of(), "CVE-1", "CVE-2021-44228"))
                        .reason())
                .contains("1 vulnerability is denied: CVE-2021-44228 (LOW)");
        assertThat(judge(always, scan().finding("CVE-1", "Low", List.of())).status())
                .isEqualTo(Status.PASSED);
    }

    /** Somebody let Grype ignore it; only a waiver of the policy may. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"vulnerability\":\"CVE-1\",\"reason\":\"not now\"}]",
                "[{\"fix-state\":\"not-fixed\",\"namespace\":\"\"}]",
                "[{\"package\":{\"name\":\"lib\",\"language\":\"\"},\"reason\":\"x\"}]",
                "[{\"vex-status\":\"not_affected\"}]",
                "[{\"namespace\":\"\"}]",
                "[]"
            })
    void countsWhatSomebodyLetGrypeIgnore(String rules) throws Exception {
        assertThat(judge(RULE, scan().ignored("CVE-1", "Critical", rules)).reason())
                .contains("1 vulnerability is denied: CVE-1");
    }

    @Test
    void leavesOutWhatGrypeItselfFoundToBeNoFinding() throws Exception {
        assertThat(judge(
                                RULE,
                                scan().ignored(
                                                "CVE-1",
                                                "Critical",
                                                "[{\"namespace\":\"\",\"reason\":\"fixed by the distribution\"}]"))
                        .status())
                .isEqualTo(Status.PASSED);
    }

    @Test
    void refusesWhatTheReportDoesNotTellUnlessItIsAllowedByName() throws Exception {
        assertAllowed("nothing-analysed", scan(), "the scan names no package that it analysed");
        GrypeScan undated = found();
        ((ObjectNode) undated.report().get("descriptor")).remove("db");
        assertAllowed("database-unknown", undated, "does not say which vulnerability database");
        GrypeScan unknown = found();
        unknown.report().remove("distro");
        assertAllowed("unknown-os", unknown, "recognised no operating system");
        GrypeScan silent = found();
        ((ObjectNode) silent.report().at("/descriptor/configuration")).remove("alerts");
        assertAllowed("end-of-life-os", silent, "gets no fixes any more");
        GrypeScan ended = found();
        ended.report()
                .set(
                        "alertsByPackage",
                        Given.json("{\"a\":[{\"alerts\":[{\"type\":\"distro-eol\"}]}]}")
                                .get("a"));
        assertAllowed("end-of-life-os", ended, "gets no fixes any more");
    }

    /** Grype's settings can leave files out, or look up another distribution's vulnerabilities; then it says nothing of the whole. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"exclude\":[\"/app/**\"]}",
                "{\"distro\":\"alpine:3.20\"}",
                "{\"search\":{\"indexed-archives\":false}}"
            })
    void refusesScanThatLeftSomethingOutUnlessThatIsAllowedByName(String settings) throws Exception {
        GrypeScan narrowed = found();
        ((ObjectNode) narrowed.report().at("/descriptor/configuration")).setAll(Given.json(settings));
        assertAllowed("scanners-unknown", narrowed, "does not say that it looked for vulnerabilities");
    }

    @Test
    void deniesWhatIsAlwaysDeniedUnderGrypesOwnName() throws Exception {
        GrypeScan scan = scan().finding("GHSA-jfh8-c2jp-5v3q", "Low", List.of(), "CVE-2021-44228");
        assertThat(judge(RULE + ", always: [ghsa-jfh8-c2jp-5v3q]", scan).status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void refusesReportThatIsTwoScannersAtOnce() throws Exception {
        GrypeScan both = found();
        both.report().put("SchemaVersion", 2);
        assertThat(judge(RULE, both).reason()).contains("has the members of a report of Trivy and of one of Grype");
    }

    /** Go reads a member in any case, here the one that says that a user let Grype ignore a finding. */
    @Test
    void refusesMemberUnderAnotherSpellingAnywhere() throws Exception {
        GrypeScan hidden = found().ignored("CVE-2", "Critical", "[{\"reason\":\"x\",\"Vulnerability\":\"CVE-2\"}]");
        assertThat(judge(RULE, hidden).reason()).contains("differs from a known member only in upper and lower case");
    }

    /** Whoever signs an old report today does not make it new. */
    @Test
    void countsReportsOwnTimeIfThatIsOlder() throws Exception {
        GrypeScan old = new GrypeScan(id(), NOW.minusSeconds(30 * 86_400)).finding("CVE-1", "Low", List.of());
        assertThat(judge(RULE, old).reason())
                .contains("the scan is of 2026-10-21T12:00:00Z, older than the allowed 1d")
                .contains("the vulnerability database is of 2026-10-21T11:00:00Z");
    }

    @Test
    void refusesReportOfAnotherImage() throws Exception {
        GrypeScan other = new GrypeScan(Given.digest("other").toString(), NOW).finding("CVE-1", "Low", List.of());
        assertThat(judge(RULE, other).reason()).contains("the scanner's report is about another image");
    }

    @Test
    void refusesReportOfAnythingButAnImage() throws Exception {
        GrypeScan folder = found();
        ((ObjectNode) folder.report().get("source")).put("type", "directory");
        assertThat(judge(RULE, folder).reason()).contains("'directory' is not a container image");
    }

    /** Go reads a member in any case, and a list that is not one would be no finding. */
    @ParameterizedTest
    @ValueSource(strings = {"Matches", "MATCHES"})
    void refusesListOfFindingsUnderAnotherSpelling(String name) throws Exception {
        GrypeScan scan = found();
        scan.report().set(name, scan.report().remove("matches"));
        assertThat(judge(RULE, scan).status()).isEqualTo(Status.FAILED);
    }

    @Test
    void namesReportThatIsNotUnderstoodAndHowToLeaveItOut() throws Exception {
        GrypeScan scan = found();
        scan.report().remove("matches");
        assertThat(judge(RULE, scan).reason())
                .contains("is not a report of Trivy or Grype")
                .contains("sign them with a key or identity that the rule's 'trust' does not name");
    }

    private static void assertAllowed(String word, GrypeScan scan, String reason) throws Exception {
        Verdict.Item refused = judge(RULE, scan);
        assertThat(refused.status()).isEqualTo(Status.FAILED);
        assertThat(refused.reason()).contains(reason).contains("(a policy may allow: [" + word + "])");
        assertThat(judge(RULE + ", allow: [" + word + "]", scan).status()).isEqualTo(Status.PASSED);
    }

    private static GrypeScan scan() {
        return GrypeScan.of(IMAGE);
    }

    private static GrypeScan found() {
        return scan().finding("CVE-1", "Low", List.of());
    }

    private static String id() {
        return IMAGE.manifest().config().digest().toString();
    }

    private static Verdict.Item judge(String rule, GrypeScan scan) throws Exception {
        return judge(rule, scan.evidence(IMAGE));
    }

    private static Verdict.Item judge(String rule, VerifiedEvidence evidence) throws Exception {
        Policy policy = Given.policy("- vulnerabilities: {" + rule + "}");
        return Given.item(policy.judge(Given.candidate(IMAGE, evidence), NOW), "vulnerabilities");
    }
}
