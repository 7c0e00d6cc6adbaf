package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;

/** A policy is checked and explained without an image. */
class PolicyCommandTest {
    private static final String POLICY = """
            apiVersion: airworthy/v1
            kind: Policy
            metadata: {name: production}
            spec:
              mode: audit
              expires: 2027-06-30
              trust:
                keys: [release]
                identities: [{issuer: "https://jenkins.example.com/oidc", subject: "https://jenkins.example.com/job/app/"}]
                observed: trusted-agent
              images:
                - {from: "registry.example.com/staging/{app}", to: "registry.example.com/prod/{app}", tags: ["v*"]}
                - {from: "registry.example.com/prod/{app}"}
              checklist:
                - signature: {threshold: 2}
                - provenance:
                    builders: ["https://jenkins.example.com/"]
                    sources: [{repository: "https://git.example.com/acme/{app}", refs: [refs/heads/main]}]
                - tests: {minimum: 3, failures: 0, trust: {observed: build-agent}}
                - vulnerabilities:
                    {maxAge: 24h, databaseMaxAge: 48h, deny: [HIGH, CRITICAL], onlyFixable: true, grace: 7d, allow: [unknown-os]}
                - secrets: {maximum: 0}
                - sbom: {format: cyclonedx, trust: {observed: imported}}
                - base: {allow: ["registry.example.com/base/**", scratch]}
                - user: {nonRoot: true}
                - expression: {id: labelled, cel: "'a' in image.config.labels", message: must name its source}
              waivers:
                - vulnerability: CVE-2026-0001
                  package: "pkg:maven/org.example/lib"
                  images: ["registry.example.com/staging/**"]
                  until: 2026-12-31
                  reason: not reachable
                  by: security team
            """;

    @TempDir
    Path folder;

    private final Session session = new Session();

    private String policy(String text) throws Exception {
        return Files.writeString(folder.resolve("policy.yaml"), text).toString();
    }

    private void at(String time) {
        session.clock = Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
    }

    @Test
    void aValidPolicyIsCalledSoWithItsExtent() throws Exception {
        at("2026-12-31T23:59:59Z");
        Session.Ended checked = session.run("policy", "check", policy(POLICY));
        assertThat(checked.status()).as(checked.err()).isZero();
        assertThat(checked.out())
                .contains("valid    policy 'production': 9 rules, 2 image patterns, 1 waiver", "sha256:")
                .doesNotContain("caution");
        JsonNode document =
                session.run("policy", "check", policy(POLICY), "--format=json").json();
        assertThat(document.at("/valid").booleanValue()).isTrue();
        assertThat(document.at("/cautions")).isEmpty();
    }

    @Test
    void anErrorNamesFileLineAndColumnAndEndsWithTwo() throws Exception {
        Session.Ended checked = session.run("policy", "check", policy(POLICY.replace("maximum: 0", "maximum: no")));
        assertThat(checked.status()).isEqualTo(2);
        assertThat(checked.out()).isEmpty();
        assertThat(checked.err()).containsPattern("policy\\.yaml:22:\\d+: ");
        assertThat(session.run("policy", "explain", policy("a: 1\n")).err()).contains("policy.yaml:1:");
        assertThat(session.run("policy", "check", "" + folder.resolve("absent")).err())
                .contains("there is no file");
    }

    @Test
    void whatHasEndedIsTold() throws Exception {
        at("2027-07-01T00:00:00Z");
        assertThat(session.run("policy", "check", policy(POLICY)).out())
                .contains("the policy ended on 2027-06-30: it passes no image any more")
                .contains("the waiver of CVE-2026-0001 in pkg:maven/org.example/lib ended on 2026-12-31");
    }

    @Test
    void rulesThatOnlyWarnAreToldUntilTheirDayAndAfter() throws Exception {
        String softened = POLICY.replace("nonRoot: true", "nonRoot: true, mode: warn")
                .replace("maximum: 0", "maximum: 0, from: 2027-01-01");
        at("2026-12-31T23:59:59Z");
        assertThat(session.run("policy", "check", policy(softened)).out())
                .contains("caution  the rule 'secrets' only warns until 2027-01-01\n")
                .contains("caution  the rule 'user' only warns\n")
                .doesNotContain("no rule is enforced");
        assertThat(session.run("policy", "explain", policy(softened)).out())
                .contains("found at most 0; until 2027-01-01, 00:00 UTC, it only warns")
                .contains("does not run as root, by number; it only warns")
                .contains("needs no evidence: it looks at the image itself");
        at("2027-01-01T00:00:00Z");
        assertThat(session.run("policy", "check", policy(softened)).out())
                .contains(
                        "the rule 'secrets' is enforced since 2027-01-01: its 'from' and 'mode' say nothing any more");
    }

    @Test
    void aPolicyThatOnlyWarnsIsTold() throws Exception {
        String all = POLICY.substring(0, POLICY.indexOf("  checklist:")) + """
              without: [{rule: signature, reason: later}, {rule: vulnerabilities, reason: later}]
              checklist: [{user: {nonRoot: true, mode: warn}}]
            """;
        JsonNode document =
                session.run("policy", "check", policy(all), "--format=json").json();
        assertThat(document.at("/cautions/1").textValue())
                .isEqualTo("no rule is enforced today: the policy passes no image");
    }

    @Test
    void rulesAboutWhatIsInTheImageAreExplained() throws Exception {
        String more = POLICY.replace("    - user: {nonRoot: true}\n", """
                - packages: {deny: ["pkg:npm/event-stream@3.3.6", "pkg:maven/log4j/log4j"]}
                - licences: {deny: ["AGPL-*", SSPL-1.0]}
                - misconfigurations: {deny: [CRITICAL, HIGH], except: [DS-0026]}
            """);
        assertThat(more).isNotEqualTo(POLICY);
        assertThat(session.run("policy", "explain", policy(more)).out())
                .contains("packages: the newest bill of materials lists none of pkg:npm/event-stream@3.3.6 or"
                        + " pkg:maven/log4j/log4j")
                .contains("licences: the newest bill of materials lists no package under AGPL-* or SSPL-1.0, and no"
                        + " unknown licence")
                .contains(
                        "misconfigurations: a scan looked for misconfigurations and found none of severity CRITICAL or"
                                + " HIGH or of unknown severity, except DS-0026");
    }

    @Test
    void everyItemIsExplainedWithThoseWhomItBelieves() throws Exception {
        at("2026-11-01T00:00:00Z");
        Session.Ended explained = session.run("policy", "explain", policy(POLICY));
        assertThat(explained.status()).as(explained.err()).isZero();
        assertThat(explained.out())
                .contains("mode     audit: it judges, and nothing may be promoted by it")
                .contains("expires  at the end of 2027-06-30 (UTC)")
                .contains(
                        "registry.example.com/staging/{app}, which may be promoted to registry.example.com/prod/{app},"
                                + " with a tag that fits v*")
                .contains("registry.example.com/prod/{app}, which are not promoted")
                .contains("signature: signed by at least 2 of these signers")
                .contains("believes the key release, the identity ")
                .contains(", wherever it was signed")
                .contains(
                        "provenance: built by https://jenkins.example.com/, from https://git.example.com/acme/{app} at"
                                + " refs/heads/main")
                .contains("tests: at least 3 tests passed and at most 0 failed")
                .contains(", observed by build-agent at least")
                .contains("a scan of the last 1d, with a database of the last 2d before it, found none of severity"
                        + " CRITICAL or HIGH or of unknown severity")
                .contains("one without a known fix is let through")
                .contains("one is let through for 7d after its publication")
                .contains("'unknown-os' is allowed")
                .contains("secrets: a scan looked for secrets and found at most 0")
                .contains("sbom:cyclonedx: a bill of materials in the format cyclonedx that lists something")
                .contains(", observed by imported at least")
                .contains("base: built on registry.example.com/base/**, or from scratch")
                .contains("user: does not run as root, by number")
                .contains("needs no evidence: it looks at the image itself")
                .contains("expression:labelled: its expression is true; otherwise: must name its source")
                .contains("waiver   CVE-2026-0001 in pkg:maven/org.example/lib is accepted until the end of 2026-12-31"
                        + " (UTC) for registry.example.com/staging/**, by security team: not reachable");
        JsonNode document = session.run("policy", "explain", policy(POLICY), "--format=json")
                .json();
        assertThat(document.at("/checklist")).hasSize(9);
        assertThat(document.at("/checklist/0/rule").textValue()).isEqualTo("signature");
        assertThat(document.at("/waivers/0/ended").booleanValue()).isFalse();
    }

    @Test
    void explainsWhatMustBeProvenOfSignatures() throws Exception {
        String asked = POLICY.replace(
                "    keys: [release]\n", "    keys: [release]\n    log: required\n    timestamp: required\n");
        assertThat(session.run("policy", "explain", policy(asked)).out())
                .contains("wherever it was signed, with an entry in a log, with a timestamp of an authority")
                .contains("observed by build-agent at least, with an entry in a log, with a timestamp of an authority");
    }
}
