package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.SignatureProof;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import static io.jenkins.plugins.airworthy.policy.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

/** Statements of others do not say when they were observed. An identity's certificate and log say when it was signed. */
class ForeignTimeTest {
    private static final PlatformImage IMAGE = Given.image();
    private static final Signer.Identity SCANNER =
            new Signer.Identity("https://id.example.com", "https://ci.example.com/scan");
    private static final String RULE = "deny: [CRITICAL], trust: {observed: imported, identities: [{issuer: \""
            + SCANNER.issuer() + "\", subject: \"" + SCANNER.subject() + "\"}]}";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private int serial;

    @Test
    void judgesTheAgeByTheTimeOfSigning() throws Exception {
        assertThat(judge(scan().evidence(NOW.minus(HOUR))).status()).isEqualTo(Status.PASSED);
        assertThat(judge(scan().evidence(NOW.minus(WEEK))).reason())
                .contains("the scan is of 2026-11-13T12:00:00Z, older than the allowed 1d");
    }

    /** Whoever signs an old scan today does not make it new. */
    @Test
    void refusesOldScanThatIsSignedToday() throws Exception {
        assertThat(judge(scan().finishedAt(NOW.minus(WEEK)).evidence(NOW)).reason())
                .contains("the scan is of 2026-11-13T12:00:00Z, older than the allowed 1d");
    }

    @Test
    void newestDecides() throws Exception {
        Signed bad = scan().finding("CVE-1", "CRITICAL");
        assertThat(judge(bad.evidence(NOW.minus(HOUR.multipliedBy(3))), scan().evidence(NOW.minus(HOUR)))
                        .status())
                .isEqualTo(Status.PASSED);
        assertThat(judge(scan().evidence(NOW.minus(HOUR.multipliedBy(3))), bad.evidence(NOW.minus(HOUR)))
                        .status())
                .isEqualTo(Status.FAILED);
    }

    /** What nobody dates may be the newest. */
    @Test
    void undatedScanDecidesTogetherWithTheNewest() throws Exception {
        assertThat(judge(
                                scan().finding("CVE-1", "CRITICAL").evidence(Optional.empty()),
                                scan().evidence(NOW.minus(HOUR)))
                        .reason())
                .contains("not known to be older");
    }

    @Test
    void refusesTimeOfTheFuture() throws Exception {
        assertThat(judge(scan().evidence(NOW.plus(HOUR))).reason()).contains("which is in the future");
    }

    private static Verdict.Item judge(VerifiedEvidence... evidence) throws Exception {
        Policy policy = Given.policy("- vulnerabilities: {" + RULE + "}");
        return Given.item(policy.judge(Given.candidate(IMAGE, evidence), NOW), "vulnerabilities");
    }

    private Signed scan() {
        return new Signed(Scan.of(IMAGE).undated());
    }

    /** A scan that an identity signed. */
    private final class Signed {
        private final Scan scan;

        Signed(Scan scan) {
            this.scan = scan;
        }

        Signed finding(String id, String severity) {
            scan.finding(id, severity, "", "");
            return this;
        }

        Signed finishedAt(Instant at) {
            scan.finishedAt(at);
            return this;
        }

        VerifiedEvidence evidence(Instant signedAt) {
            return evidence(Optional.of(signedAt));
        }

        VerifiedEvidence evidence(Optional<Instant> signedAt) {
            Statement statement = new Statement(
                    new Subject(Optional.empty(), IMAGE.digest()),
                    Optional.empty(),
                    PredicateTypes.VULNERABILITIES,
                    scan.json());
            return new VerifiedEvidence(
                    statement,
                    SCANNER,
                    signedAt,
                    Given.digest("evidence " + serial++),
                    Digest.of(statement.toBytes()),
                    SignatureProof.NONE);
        }
    }
}
