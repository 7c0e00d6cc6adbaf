package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.evidence.TestResult;
import io.jenkins.plugins.airworthy.policy.Scan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Attack 5, for signatures by a key: evidence, waivers and policies that are too old, from the future, or that claim
 * another age.
 */
class TimeTest extends Attack {
    private static final String WAIVERS = """
              waivers:
                - vulnerability: CVE-2026-0001
                  package: pkg:maven/org.example/lib
                  images: ["STAGING/**"]
                  until: UNTIL
                  reason: not reachable
                  by: alice
              checklist:
            """;

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-21T00:00:00Z", "2027-11-20T12:00:00Z"})
    void refusesImageByExpiredPolicy(String now) throws Exception {
        changePolicy("expires: 2027-06-30", "expires: 2026-11-20");
        changePolicy("maxAge: 24h, databaseMaxAge: 48h", "maxAge: 999d, databaseMaxAge: 999d");
        at(Instant.parse(now));
        assertRefused("expires", "expires: the policy expired after 2026-11-20");
    }

    @Test
    void promotesImageInTheLastSecondOfThePolicy() throws Exception {
        changePolicy("expires: 2027-06-30", "expires: 2026-11-20");
        at(Instant.parse("2026-11-20T23:59:59Z"));
        assertPromoted();
    }

    @Test
    void refusesImageWhoseWaiverExpired() throws Exception {
        waive("2026-11-19");
        assertRefused("vulnerabilities", "CVE-2026-0001 (HIGH)", "the waiver by alice expired on 2026-11-19");
    }

    @Test
    void promotesImageOnTheLastDayOfTheWaiver() throws Exception {
        waive("2026-11-20");
        at(Instant.parse("2026-11-20T23:59:59Z"));
        assertPromoted();
    }

    @Test
    void refusesImageWithStaleScan() throws Exception {
        changePolicy("maxAge: 24h, databaseMaxAge", "maxAge: 59m, databaseMaxAge");
        assertRefused("vulnerabilities", "the scan is of 2026-11-20T11:00:00Z, older than the allowed 59m");
    }

    @Test
    void promotesImageWithScanOfExactlyTheAllowedAge() throws Exception {
        changePolicy("maxAge: 24h, databaseMaxAge", "maxAge: 1h, databaseMaxAge");
        assertPromoted();
    }

    /** Signed again today, made last year. */
    @Test
    void refusesOldReportThatWasSignedAnew() throws Exception {
        stageWithout(Piece.SCAN);
        attach(image, Scan.of(image).finishedAt(NOW.minus(Duration.ofDays(365))).statement(), release);
        assertRefused("vulnerabilities", "the scan is of 2025-11-20T12:00:00Z, older than the allowed");
    }

    @Test
    void refusesScanWithoutTime() throws Exception {
        stageWithout(Piece.SCAN);
        changePolicy("deny: [CRITICAL, HIGH]}", "deny: [CRITICAL, HIGH], trust: {observed: imported}}");
        changePolicy("secrets: {maximum: 0}", "secrets: {maximum: 0, trust: {observed: imported}}");
        attach(image, Scan.of(image).undated().statement(), release);
        assertRefused("vulnerabilities", "the evidence does not say when the scan was observed, so its age is unknown");
    }

    @Test
    void refusesScanFromStaleDatabase() throws Exception {
        changePolicy("databaseMaxAge: 48h", "databaseMaxAge: 119m");
        assertRefused("vulnerabilities", "the vulnerability database is of 2026-11-20T10:00:00Z, older than");
    }

    @Test
    void promotesImageWithDatabaseOfExactlyTheAllowedAge() throws Exception {
        changePolicy("databaseMaxAge: 48h", "databaseMaxAge: 2h");
        assertPromoted();
    }

    /** A future date would keep it the newest indefinitely. */
    @Test
    void refusesImageWithTestResultFromTheFuture() throws Exception {
        Instant tomorrow = NOW.plus(Duration.ofDays(1));
        attach(image, tests(image, TestResult.Outcome.PASSED, tomorrow), release);
        assertRefused("tests", "test result was observed at " + tomorrow + ", which is in the future");
    }

    @Test
    void refusesImageWhenTheClockMovedBack() throws Exception {
        at(NOW.minus(Duration.ofDays(2)));
        assertRefused("provenance,tests,vulnerabilities,secrets", "which is in the future: a clock is wrong");
    }

    @Test
    void promotesImageWhenTheClockMovedBackALittle() throws Exception {
        at(NOW.minusSeconds(3_600).minus(Duration.ofMinutes(5)));
        assertPromoted();
    }

    private void at(Instant now) {
        clock = Clock.fixed(now, ZoneOffset.UTC);
    }

    private void waive(String until) throws Exception {
        stageWithout(Piece.SCAN);
        attach(
                image,
                Scan.of(image)
                        .finding("CVE-2026-0001", "HIGH", "1.1", "2026-01-01")
                        .statement(),
                release);
        changePolicy(
                "  checklist:\n", WAIVERS.replace("STAGING", place("staging")).replace("UNTIL", until));
    }
}
