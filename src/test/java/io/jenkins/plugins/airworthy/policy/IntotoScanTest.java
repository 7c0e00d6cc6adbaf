package io.jenkins.plugins.airworthy.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static io.jenkins.plugins.airworthy.policy.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

/** Scans in the in-toto project's record, which tells little. */
class IntotoScanTest {
    private static final PlatformImage IMAGE = Given.image();
    private static final List<String> SILENT =
            List.of("scanners-unknown", "image-unnamed", "unknown-os", "nothing-analysed");
    private static final String RULE = "deny: [CRITICAL, HIGH], scanners: [\"pkg:github/acme/scanner@*\"]";
    private static final String ALLOWED = RULE + ", allow: " + SILENT;

    private String type = PredicateTypes.INTOTO_VULNERABILITIES_V0_2;

    @ParameterizedTest
    @ValueSource(strings = {PredicateTypes.INTOTO_VULNERABILITIES_V0_1, PredicateTypes.INTOTO_VULNERABILITIES_V0_2})
    void passesRecordWithoutDeniedFindings(String version) throws Exception {
        type = version;
        assertThat(judge(ALLOWED, finding("CVE-1", "medium")).status()).isEqualTo(Status.PASSED);
        assertThat(judge(ALLOWED, finding("CVE-1", "high")).reason())
                .isEqualTo("1 vulnerability is denied: CVE-1 (HIGH)");
    }

    @ParameterizedTest
    @CsvSource({
        "LOW, PASSED",
        "Critical, FAILED",
        "5.2, PASSED",
        "6.9, PASSED",
        "7.0, FAILED",
        "10, FAILED",
        "0, PASSED",
        "10.1, FAILED",
        "-1, FAILED",
        "NaN, FAILED",
        "important, FAILED",
        "'', FAILED",
        "unknown, FAILED"
    })
    void ratesFindingByWordOrScore(String score, Status status) throws Exception {
        assertThat(judge(ALLOWED, finding("CVE-1", score)).status()).isEqualTo(status);
    }

    @Test
    void ratesByTheWorstOfAllRatings() throws Exception {
        assertThat(judge(ALLOWED, finding("CVE-1", "low", "9.8")).reason()).contains("CVE-1 (CRITICAL)");
        assertThat(judge(ALLOWED, finding("CVE-1", "low", "severe")).reason()).contains("CVE-1 (UNKNOWN)");
        assertThat(judge(ALLOWED, finding("CVE-1")).reason()).contains("CVE-1 (UNKNOWN)");
    }

    @Test
    void refusesWhatTheRecordDoesNotTellUnlessItIsAllowedByName() throws Exception {
        for (String missing : SILENT) {
            List<String> others = new ArrayList<>(SILENT);
            others.remove(missing);
            Verdict.Item item = judge(RULE + ", allow: " + others, finding("CVE-1", "low"));
            assertThat(item.status()).as(missing).isEqualTo(Status.FAILED);
        }
    }

    @Test
    void deniesFindingOfWhichNobodyTellsWhetherThereIsAFix() throws Exception {
        assertThat(judge(ALLOWED + ", onlyFixable: true", finding("CVE-1", "high"))
                        .status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void refusesScannerOfAnotherAddress() throws Exception {
        ObjectNode other = finding("CVE-1", "low");
        other.withObjectProperty("scanner").put("uri", "pkg:github/acme/other@1");
        assertThat(judge(ALLOWED, other).reason()).contains("the scan is by pkg:github/acme/other@1");
    }

    /** A probability of 0.97 is not a CVSS score below 4. */
    @ParameterizedTest
    @CsvSource({"epss, 0.97", "ssvc, 1", "cvss, 0x1p-1", "cvss, 1e0"})
    void takesOnlyCvssScoresForSeverities(String method, String score) throws Exception {
        ObjectNode other = finding("CVE-1", score);
        ((ObjectNode) other.at("/scanner/result/0/severity/0")).put("method", method);
        assertThat(judge(ALLOWED, other).reason()).contains("CVE-1 (UNKNOWN)");
    }

    @Test
    void refusesScannerThatIsCalledLikeAnother() throws Exception {
        ObjectNode other = finding("CVE-1", "low");
        other.withObjectProperty("scanner").put("uri", "trivy");
        assertThat(judge(ALLOWED, other).reason()).contains("scanner.uri: 'trivy' is not an address");
    }

    @Test
    void refusesRecordWithoutListOfFindings() throws Exception {
        ObjectNode none = finding("CVE-1", "low");
        none.withObjectProperty("scanner").remove("result");
        assertThat(judge(ALLOWED, none).reason()).contains("scanner.result: is missing");
    }

    /** The newest scan decides in whichever form it is recorded. */
    @Test
    void newestDecidesAmongAllForms() throws Exception {
        VerifiedEvidence older = Scan.of(IMAGE).evidence();
        Verdict.Item item = judge(ALLOWED + ", maxAge: 48h", older, evidence(finding("CVE-1", "high")));
        assertThat(item.reason()).contains("CVE-1 (HIGH)");
    }

    private static ObjectNode finding(String id, String... scores) {
        ObjectNode predicate =
                Given.json("""
                {"scanner":{"uri":"pkg:github/acme/scanner@1.2","version":"1.2",
                  "db":{"uri":"pkg:github/acme/db","lastUpdate":"%s"},"result":[{"id":"%s"}]},
                 "metadata":{"scanStartedOn":"%s","scanFinishedOn":"%s"}}
                """.formatted(NOW.minusSeconds(60), id, NOW.minusSeconds(2), NOW.minusSeconds(1)));
        ArrayNode ratings = ((ObjectNode) predicate.at("/scanner/result/0")).putArray("severity");
        for (String score : scores) {
            ratings.addObject().put("method", "cvss_v3").put("score", score);
        }
        return predicate;
    }

    private VerifiedEvidence evidence(ObjectNode predicate) {
        return Given.evidence(
                IMAGE.digest(),
                Optional.of(Given.seen(Observer.BUILD_AGENT, NOW)),
                type,
                predicate,
                Given.key("release"));
    }

    private Verdict.Item judge(String rule, ObjectNode predicate) throws Exception {
        return judge(rule, evidence(predicate));
    }

    private static Verdict.Item judge(String rule, VerifiedEvidence... evidence) throws Exception {
        Policy policy = Given.policy("- vulnerabilities: {" + rule + "}");
        return Given.item(policy.judge(Given.candidate(IMAGE, evidence), NOW), "vulnerabilities");
    }
}
