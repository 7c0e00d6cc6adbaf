package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WaiverTest {
    private static final PlatformImage IMAGE = Given.image();
    private static final String LIB = "pkg:maven/org.example/lib";

    @Test
    void letsExactlyOneVulnerabilityThroughAndSaysWhoAndWhy() throws Exception {
        Verdict.Item item = judge(LIB, "CVE-2026-0001");
        assertThat(item.status()).isEqualTo(Status.WAIVED);
        assertThat(item.reason())
                .isEqualTo("1 waived: CVE-2026-0001 (HIGH) in org.example:lib 1.0, fixed in 1.1:"
                        + " waived until 2026-12-31 by alice: not reachable");
    }

    @Test
    void passesWaivedImage() throws Exception {
        assertThat(verdict(LIB, "CVE-2026-0001").decision()).isEqualTo(Decision.PASSED);
    }

    @Test
    void letsNoOtherVulnerabilityThrough() throws Exception {
        Verdict.Item item = judge(LIB, "CVE-2026-0001", "CVE-2026-0002");
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason())
                .startsWith("1 vulnerability is denied: CVE-2026-0002")
                .contains("1 waived: CVE-2026-0001");
        assertThat(judge(LIB, "CVE-2026-00012").status()).isEqualTo(Status.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkg:maven/org.example/lib",
                "pkg:maven/org.example/lib@1.0",
                "pkg:MAVEN/org.example/lib",
                "pkg:maven/org%2Eexample/lib",
                "org.example:lib"
            })
    void meansThePackageThatItNames(String name) throws Exception {
        assertThat(judge(name, "CVE-2026-0001").status()).isEqualTo(Status.WAIVED);
    }

    /** Nothing but the whole name will do: no prefix, no other version, no wildcard. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "pkg:maven/org.example/li",
                "pkg:maven/org.example/lib2",
                "pkg:maven/org.example/lib/x",
                "pkg:maven/org/example/lib",
                "pkg:maven/org.example/LIB",
                "pkg:npm/org.example/lib",
                "pkg:maven/org.example/lib@1.0.1",
                "pkg:maven/org.example/lib@2",
                "org.example",
                "lib"
            })
    void meansNoOtherPackage(String name) throws Exception {
        assertThat(judge(name, "CVE-2026-0001").status()).isEqualTo(Status.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pkg:maven/org.example/*", "org.example:*", "*", "lib?", "pkg:maven/org.example", " lib"})
    void refusesPackageThatNoScannerNames(String name) {
        assertThatThrownBy(() -> policy(name, "registry.example.com/staging/**"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("policy.yaml:")
                .hasMessageContaining("'" + name + "'");
    }

    /** A slip in a waiver had no effect, and nothing said so. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lib|CVE-2026-0001|: that was found in pkg:maven/org.example/lib@1.0",
                "pkg:maven/org.example/lib@1.1|CVE-2026-0001|: that was found in pkg:maven/org.example/lib@1.0",
                "pkg:maven/org.example/lib|GHSA-jfh8-c2jp-5v3q|: in that package was found GHSA-jfh8-c2jp-5v3q",
                "pkg:maven/org.example/lib@2|GHSA-jfh8-c2jp-5v3q|: in that package was found GHSA-jfh8-c2jp-5v3q",
                "org.example:lib|GHSA-jfh8-c2jp-5v3q|: in that package was found GHSA-jfh8-c2jp-5v3q",
                "pkg:npm/lib|CVE-2026-0002|"
            })
    void tellsOfAWaiverThatFitsNothingAndOfWhatStandsNear(String name, String found, String hint) throws Exception {
        String told = "the waiver of CVE-2026-0001 in " + name + " fits nothing that was found";
        Verdict.Item item = judge(name, found);
        assertThat(item.status()).isEqualTo(Status.FAILED);
        assertThat(item.reason()).endsWith("; " + told + (hint == null ? "" : hint));
        assertThat(item.details()).contains(told + (hint == null ? "" : hint));
        Verdict clean = verdict(name);
        assertThat(clean.decision()).isEqualTo(Decision.PASSED);
        assertThat(Given.item(clean, "vulnerabilities").status()).isEqualTo(Status.PASSED);
        assertThat(Given.item(clean, "vulnerabilities").reason()).endsWith("; " + told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cve-2026-0001", "CVE-2026-0001", "Cve-2026-0001"})
    void acceptsIdentifierInEitherCase(String found) throws Exception {
        Verdict.Item item = judge(LIB, found);
        assertThat(item.status()).isEqualTo(Status.WAIVED);
        assertThat(item.reason()).doesNotContain("fits nothing");
    }

    @Test
    void tellsNothingOfAWaiverPastItsDay() throws Exception {
        Instant later = Instant.parse("2027-06-01T00:00:00Z");
        Scan scan = Scan.of(IMAGE).observedAt(later).finishedAt(later).parameter("databaseUpdatedAt", later.toString());
        Verdict verdict = policy(LIB, "registry.example.com/**").judge(Given.candidate(IMAGE, scan.evidence()), later);
        assertThat(Given.item(verdict, "vulnerabilities").reason()).doesNotContain("fits nothing");
    }

    /** A waiver holds to the end of its last day, in UTC. */
    @ParameterizedTest
    @CsvSource({"2026-12-31T23:59:59Z, WAIVED", "2027-01-01T00:00:00Z, FAILED", "2030-01-01T00:00:00Z, FAILED"})
    void endsWaiverAfterItsLastDay(Instant now, Status status) throws Exception {
        Policy policy = policy(LIB, "registry.example.com/staging/shop/**");
        Scan scan = Scan.of(IMAGE)
                .finding("CVE-2026-0001", "HIGH", "1.1", "2020-01-01")
                .observedAt(now)
                .finishedAt(now)
                .parameter("databaseUpdatedAt", now.toString());
        Verdict.Item item = Given.item(policy.judge(Given.candidate(IMAGE, scan.evidence()), now), "vulnerabilities");
        assertThat(item.status()).isEqualTo(status);
        if (status == Status.FAILED) {
            assertThat(item.reason()).contains("and the waiver by alice expired on 2026-12-31");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.com/staging/shop/**, WAIVED",
        "registry.example.com/staging/shop/cart, WAIVED",
        "registry.example.com/staging/*/cart, WAIVED",
        "registry.example.com/staging/bank/**, FAILED",
        "registry.example.com/staging/shop, FAILED",
        "registry.example.com/prod/**, FAILED",
        "other.example.com/staging/shop/**, FAILED"
    })
    void holdsOnlyForTheImagesThatItNames(String images, Status status) throws Exception {
        Scan scan = Scan.of(IMAGE).finding("CVE-2026-0001", "HIGH", "1.1", "2020-01-01");
        Verdict verdict = policy(LIB, images).judge(Given.candidate(IMAGE, scan.evidence()), Given.NOW);
        assertThat(Given.item(verdict, "vulnerabilities").status()).isEqualTo(status);
    }

    /** A waiver excuses a finding, never the absence of a scan or a scan that could not look. */
    @Test
    void excusesNoUnhealthyScan() throws Exception {
        Policy policy = policy(LIB, "registry.example.com/staging/**");
        Scan blind = Scan.of(IMAGE)
                .finding("CVE-2026-0001", "HIGH", "1.1", "2020-01-01")
                .parameter("scanners", "secret");
        assertThat(policy.judge(Given.candidate(IMAGE, blind.evidence()), Given.NOW)
                        .passed())
                .isFalse();
        assertThat(policy.judge(Given.candidate(IMAGE), Given.NOW).passed()).isFalse();
    }

    private static Verdict.Item judge(String packageName, String... vulnerabilities) throws Exception {
        return Given.item(verdict(packageName, vulnerabilities), "vulnerabilities");
    }

    private static Verdict verdict(String packageName, String... vulnerabilities) throws Exception {
        Scan scan = Scan.of(IMAGE);
        for (String vulnerability : vulnerabilities) {
            scan.finding(vulnerability, "HIGH", "1.1", "2020-01-01");
        }
        return policy(packageName, "registry.example.com/staging/shop/**")
                .judge(Given.candidate(IMAGE, scan.evidence()), Given.NOW);
    }

    private static Policy policy(String packageName, String images) throws Exception {
        String document =
                Given.document("- vulnerabilities: {deny: [CRITICAL, HIGH]}") + """
                  waivers:
                    - {vulnerability: CVE-2026-0001, package: "%s", images: ["%s"], until: 2026-12-31, reason: "not reachable", by: alice}
                """.formatted(packageName, images);
        return Policy.parse(document.getBytes(UTF_8), "policy.yaml");
    }
}
