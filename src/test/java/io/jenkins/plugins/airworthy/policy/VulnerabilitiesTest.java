package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static io.jenkins.plugins.airworthy.policy.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VulnerabilitiesTest {
    private static final PlatformImage IMAGE = Given.image();
    private static final String RULE = "maxAge: 24h, databaseMaxAge: 48h, deny: [CRITICAL, HIGH]";

    @Test
    void passesAFreshScanWithoutDeniedFindings() throws Exception {
        Verdict.Item item = judge(RULE, scan().finding("CVE-1", "LOW", "1.1", "2020-01-01"));
        assertThat(item.status()).isEqualTo(Status.PASSED);
        assertThat(item.reason()).contains("none denied among 1 vulnerability in 3 packages");
        assertThat(item.observed()).contains("build-agent");
        assertThat(item.evidence()).hasSize(1);
    }

    @Test
    void namesWhatItDenies() throws Exception {
        Verdict.Item item = judge(RULE, scan().finding("CVE-2021-44228", "CRITICAL", "2.15.0", "2021-12-10"));
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason())
                .isEqualTo(
                        "1 vulnerability is denied: CVE-2021-44228 (CRITICAL) in org.example:lib 1.0, fixed in 2.15.0");
    }

    @Test
    void countsWhatItDoesNotNameAndListsTheRestInDetails() throws Exception {
        Scan scan = scan();
        for (int i = 0; i < 300; i++) {
            scan.finding("CVE-" + (1_000 + i), "HIGH", "1.1", "2020-01-01");
        }
        Verdict.Item item = judge(RULE, scan);
        assertThat(item.reason())
                .startsWith("300 vulnerabilities are denied: CVE-1000")
                .endsWith("; and 295 more");
        assertThat(item.details()).hasSize(200).last().isEqualTo("and 101 more");
    }

    /** A severity that nobody rated may be the worst. */
    @Test
    void deniesAnUnknownSeverity() throws Exception {
        assertThat(judge("deny: [CRITICAL]", scan().finding("CVE-1", "UNKNOWN", "1.1", "2020-01-01"))
                        .status())
                .isEqualTo(Status.FAILED);
        assertThat(judge("deny: [CRITICAL]", scan().finding("CVE-1", "IMPORTANT", "1.1", "2020-01-01"))
                        .status())
                .isEqualTo(Status.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"true, '', PASSED", "true, 1.1, FAILED", "false, '', FAILED"})
    void letsThroughWhatHasNoFixIfOnlyFixableIsSet(boolean onlyFixable, String fixed, Status status) throws Exception {
        assertThat(judge(RULE + ", onlyFixable: " + onlyFixable, scan().finding("CVE-1", "HIGH", fixed, "2020-01-01"))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-14, PASSED",
        "2026-11-13, FAILED",
        "2026-11-20, PASSED",
        "2026-11-21, FAILED",
        "'', FAILED",
    })
    void countsGraceFromPublicationAndGivesNoneIfThatIsUnknown(String published, Status status) throws Exception {
        assertThat(judge(RULE + ", grace: 7d", scan().finding("CVE-1", "HIGH", "1.1", published))
                        .status())
                .isEqualTo(status);
    }

    /** Attack 5: a stale scan, and a clock that moved back. */
    @ParameterizedTest
    @CsvSource({
        "PT0S, PASSED",
        "PT24H, PASSED",
        "PT24H1S, FAILED",
        "PT240H, FAILED",
        "PT-5M, PASSED",
        "PT-5M-1S, FAILED",
        "PT-240H, FAILED"
    })
    void judgesTheAgeByTheSignersClock(Duration age, Status status) throws Exception {
        assertThat(judge(RULE, scan().observedAt(NOW.minus(age))).status()).isEqualTo(status);
    }

    /** Attack 13: an old report, handed in today. The agent's time may make a scan older, never newer. */
    @Test
    void refusesAnOldScanThatIsHandedInToday() throws Exception {
        Verdict.Item item = judge(RULE, scan().finishedAt(NOW.minus(Duration.ofDays(30))));
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).contains("the scan is of 2026-10-21T12:00:00Z, older than the allowed 1d");
        assertThat(judge(RULE, scan().observedAt(NOW.minus(Duration.ofDays(2))).finishedAt(NOW))
                        .status())
                .isEqualTo(Status.FAILED);
    }

    /** Attack 13: a clean report made with an old database. */
    @ParameterizedTest
    @CsvSource({"PT48H, PASSED", "PT48H1S, FAILED", "PT-1H, FAILED"})
    void refusesAnOldDatabaseOrOneOfTheFuture(Duration age, Status status) throws Exception {
        assertThat(judge(
                                RULE,
                                scan().parameter(
                                                "databaseUpdatedAt",
                                                NOW.minus(age).toString()))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void refusesAScanThatDoesNotSayWhichDatabaseItUsed() throws Exception {
        assertFailed(RULE, scan().parameter("databaseUpdatedAt", null), "which vulnerability database");
    }

    /** Attack 13: a clean report made with the scanner switched off. */
    @Test
    void refusesAScanThatDidNotLook() throws Exception {
        assertFailed(RULE, scan().parameter("scanners", "secret"), "did not look for vulnerabilities");
        assertFailed(RULE, scan().parameter("scanners", null), "does not say that it looked for vulnerabilities");
    }

    /** A record that Trivy wrote for cosign names what it found, and a reason said that it had not looked for that. */
    @Test
    void tellsThatAScanDoesNotSayWhatItLookedFor() throws Exception {
        Scan unsaid = scan().parameter("severities", null)
                .parameter("scanners", null)
                .finding("CVE-1", "HIGH", "1", "2020-01-01");
        assertFailed(RULE, unsaid, "does not say that it looked for vulnerabilities");
        assertFailed(RULE, unsaid, "does not say that it asked for the severities");
        assertThat(judge(RULE, unsaid).reason()).doesNotContain("did not").contains("CVE-1");
    }

    @Test
    void acceptsScanThatDoesNotSayWhatItLookedForOrWithWhatIfThatIsAllowedByName() throws Exception {
        Scan unsaid = scan().parameter("severities", null)
                .parameter("scanners", null)
                .parameter("databaseUpdatedAt", null)
                .finding("CVE-1", "LOW", "1", "2020-01-01");
        assertThat(judge(RULE + ", allow: [scanners-unknown, database-unknown]", unsaid)
                        .status())
                .isEqualTo(Status.PASSED);
        assertFailed(RULE + ", allow: [scanners-unknown]", unsaid, "(a policy may allow: [database-unknown])");
        assertFailed(RULE + ", allow: [database-unknown]", unsaid, "(a policy may allow: [scanners-unknown])");
        String silent = RULE + ", allow: [scanners-unknown]";
        assertFailed(silent, scan().parameter("scanners", "secret"), "did not look for vulnerabilities");
        assertFailed(
                silent,
                scan().parameter("scanners", "secret").parameter("severities", null),
                "looked for vulnerabilities");
        assertFailed(silent, scan().parameter("severities", "LOW"), "did not ask for the severities");
    }

    /** It is denied whatever its severity, its fix or its day; only a waiver lifts it. */
    @Test
    void deniesWhatIsAlwaysDenied() throws Exception {
        String always = RULE + ", onlyFixable: true, grace: 9000d, always: [CVE-1]";
        assertFailed(
                always, scan().finding("CVE-1", "LOW", "", "2026-11-19"), "1 vulnerability is denied: CVE-1 (LOW)");
        assertThat(judge(always, scan().finding("CVE-11", "LOW", "", "2026-11-19"))
                        .status())
                .isEqualTo(Status.PASSED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "always: []|the list is empty", "always: ['CVE 1']|expected a name", "always: CVE-1|expected a list",
                "scanners: []|the list is empty", "scanners: [clair]|grype, trivy", "scanners: grype|expected a list"
            })
    void refusesListsThatFitNothing(String member, String reason) {
        assertThatThrownBy(() -> Given.policy("- vulnerabilities: {deny: [CRITICAL], " + member + "}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(reason);
    }

    /** Attack 12: TRIVY_SEVERITY=LOW makes the others vanish. */
    @ParameterizedTest
    @CsvSource({"LOW", "CRITICAL", "'CRITICAL,HIGH'", "'CRITICAL,UNKNOWN'"})
    void refusesAScanThatDidNotAskForEverySeverityThatCounts(String asked) throws Exception {
        assertFailed(RULE, scan().parameter("severities", asked), "did not ask for the severities");
    }

    @Test
    void refusesAnUnknownAnEndedAndAnEmptySystemUnlessAllowedByName() throws Exception {
        assertFailed(RULE, scan().os(""), "recognised no operating system");
        assertFailed(RULE, scan().os("{\"Family\":\"debian\",\"Name\":\"9\",\"EOSL\":true}"), "gets no fixes any more");
        assertFailed(RULE, scan().packages(0), "no package to analyse");
        assertThat(judge(RULE + ", allow: [unknown-os]", scan().os("")).status())
                .isEqualTo(Status.PASSED);
        assertThat(judge(
                                RULE + ", allow: [end-of-life-os]",
                                scan().os("{\"Family\":\"debian\",\"Name\":\"9\",\"EOSL\":true}"))
                        .status())
                .isEqualTo(Status.PASSED);
        assertThat(judge(RULE + ", allow: [nothing-analysed]", scan().packages(0))
                        .status())
                .isEqualTo(Status.PASSED);
        assertFailed(RULE + ", allow: [unknown-os, end-of-life-os]", scan().packages(0), "no package to analyse");
    }

    /** Attack 12: a report of another image handed in. */
    @Test
    void refusesAReportOfAnotherImage() throws Exception {
        assertFailed(RULE, scan().imageId(Given.digest("other").toString()), "is about another image");
        assertFailed(RULE, scan().imageId(""), "is about another image");
    }

    /** Attack 13: yesterday's clean scan beside today's dirty one. */
    @Test
    void decidesByTheNewestScan() throws Exception {
        VerifiedEvidence clean =
                scan().observedAt(NOW.minus(Duration.ofHours(20))).evidence();
        VerifiedEvidence dirty =
                scan().finding("CVE-1", "HIGH", "1.1", "2020-01-01").evidence();
        assertThat(judge(RULE, clean, dirty).status()).isEqualTo(Status.FAILED);
        assertThat(judge(RULE, dirty, clean).status()).isEqualTo(Status.FAILED);

        VerifiedEvidence older = scan().finding("CVE-1", "HIGH", "1.1", "2020-01-01")
                .observedAt(NOW.minus(Duration.ofHours(20)))
                .evidence();
        Verdict.Item item = judge(RULE, older, scan().evidence());
        assertThat(item.status()).isEqualTo(Status.PASSED);
        assertThat(item.evidence()).doesNotContain(older.manifest());
    }

    @Test
    void deniesDifferentResultsOfEqualTimes() throws Exception {
        VerifiedEvidence clean = scan().evidence();
        VerifiedEvidence dirty =
                scan().finding("CVE-1", "HIGH", "1.1", "2020-01-01").evidence();
        assertThat(judge(RULE, clean, dirty).reason()).startsWith("one scan result passes and another");
        assertThat(judge(RULE, dirty, clean).status()).isEqualTo(Status.FAILED);
        assertThat(judge(RULE, clean, scan().evidence()).status()).isEqualTo(Status.PASSED);
    }

    /** What tells no time may be newer than everything. */
    @Test
    void countsUndatedScanAsSimultaneousWithTheNewest() throws Exception {
        String imported = RULE + ", trust: {observed: imported}";
        assertThat(judge(imported, scan().evidence()).status()).isEqualTo(Status.PASSED);
        assertFailed(imported, scan().undated(), "the evidence does not say when the scan was observed");
        assertThat(judge(imported, scan().evidence(), scan().undated().evidence())
                        .status())
                .isEqualTo(Status.FAILED);
    }

    /** Attack 5: a backdated or postdated statement must not win by its time. */
    @Test
    void refusesImageWithOneStatementOfTheFuture() throws Exception {
        Verdict.Item item = judge(
                RULE,
                scan().evidence(),
                scan().observedAt(NOW.plus(Duration.ofDays(1))).evidence());
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).contains("in the future");
    }

    @Test
    void deniesUnreadableDecisiveStatement() throws Exception {
        VerifiedEvidence broken = Given.evidence(
                IMAGE.digest(),
                Given.seen(Observer.BUILD_AGENT, NOW),
                PredicateTypes.VULNERABILITIES,
                Given.json("{\"scanner\":{}}"));
        Verdict.Item item = judge(RULE, scan().evidence(), broken);
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).contains("cannot be read");
    }

    /** Attack 13: a scan signed by a key that the policy knows but does not trust for that. */
    @Test
    void refusesAScanByAnUntrustedKeyAndSaysThatThereIsOne() throws Exception {
        Scan scan = scan();
        VerifiedEvidence bySigner = Given.evidence(
                IMAGE.digest(),
                Optional.of(Given.seen()),
                PredicateTypes.VULNERABILITIES,
                scan.json(),
                Given.key("bob"));
        Verdict.Item item = judge(RULE, bySigner);
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason())
                .contains("no scan result")
                .contains("signed by key bob, which this rule does not trust");
        assertThat(item.evidence()).isEmpty();
    }

    @Test
    void refusesAScanObservedWhereTheRuleDoesNotBelieveAndSaysSo() throws Exception {
        Verdict.Item item = judge(RULE + ", trust: {observed: trusted-agent}", scan());
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason())
                .contains("it was observed by 'build-agent' and this rule asks for 'trusted-agent' at least");
    }

    /** Attack 8: an index with a platform that nobody scanned. */
    @Test
    void judgesEveryChildOfAnIndex() throws Exception {
        PlatformImage arm = Given.image("linux/arm64", "1000", Map.of(), List.of(Given.digest("arm")));
        Policy policy = Given.policy("- vulnerabilities: {" + RULE + "}");
        Verdict half = policy.judge(Given.index(List.of(IMAGE, arm), scan().evidence()), NOW);
        assertThat(half.items())
                .filteredOn(i -> i.id().equals("vulnerabilities"))
                .extracting(i -> i.platform().orElseThrow() + " " + i.status())
                .containsExactly("linux/amd64 PASSED", "linux/arm64 FAILED");
        assertThat(half.passed()).isFalse();

        Verdict whole = policy.judge(
                Given.index(List.of(IMAGE, arm), scan().evidence(), Scan.of(arm).evidence()), NOW);
        assertThat(whole.passed()).isTrue();
    }

    /** A statement about the index itself says nothing of any child. */
    @Test
    void refusesAScanWhoseSubjectIsTheIndex() throws Exception {
        VerifiedEvidence onIndex =
                Given.evidence(Given.digest("index"), Given.seen(), PredicateTypes.VULNERABILITIES, scan().json());
        Policy policy = Given.policy("- vulnerabilities: {" + RULE + "}");
        assertThat(policy.judge(Given.index(List.of(IMAGE), onIndex), NOW).passed())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "vuln, 0, 0, FAILED",
        "'vuln,secret', 0, 0, PASSED",
        "'vuln,secret', 1, 0, FAILED",
        "secret, 1, 1, PASSED"
    })
    void countsSecretsWhereTheScanLookedForThem(String scanners, int found, int maximum, Status status)
            throws Exception {
        Scan scan = scan().parameter("scanners", scanners).secrets(found);
        Policy policy = Given.policy("- secrets: {maximum: " + maximum + "}");
        Verdict verdict = policy.judge(Given.candidate(IMAGE, scan.evidence()), NOW);
        assertThat(Given.item(verdict, "secrets").status()).isEqualTo(status);
    }

    private static void assertFailed(String rule, Scan scan, String reason) throws Exception {
        Verdict.Item item = judge(rule, scan);
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).contains(reason);
    }

    private static Verdict.Item judge(String rule, Scan scan) throws Exception {
        return judge(rule, scan.evidence());
    }

    private static Verdict.Item judge(String rule, VerifiedEvidence... evidence) throws Exception {
        Policy policy = Given.policy("- vulnerabilities: {" + rule + "}");
        return Given.item(policy.judge(Given.candidate(IMAGE, evidence), NOW), "vulnerabilities");
    }

    private static Scan scan() {
        return Scan.of(IMAGE);
    }
}
