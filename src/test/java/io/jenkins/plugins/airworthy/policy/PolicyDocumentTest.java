package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.CertificateExtension;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.policy.rule.RequiredProof;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.policy.rule.SignatureRule;
import io.jenkins.plugins.airworthy.policy.rule.TestsRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Attack 9: whatever is wrong with a policy is an error that names line and column, never a policy that passes. */
class PolicyDocumentTest {
    static final String WHOLE = """
            apiVersion: airworthy/v1
            kind: Policy
            metadata: {name: production}
            spec:
              mode: enforce
              expires: 2027-06-30
              trust: {keys: [release], observed: trusted-agent}
              images:
                - {from: "registry.example.com/staging/{app**}", to: "registry.example.com/prod/{app**}", tags: ["v*"]}
              checklist:
                - signature: {threshold: 1}
                - provenance: {builders: ["https://jenkins.example.com/"], sources: [{repository: "https://git.example.com/acme/{app**}", refs: [refs/heads/main]}]}
                - tests: {minimum: 1, failures: 0, trust: {observed: build-agent}}
                - vulnerabilities: {maxAge: 24h, databaseMaxAge: 48h, deny: [CRITICAL, HIGH], onlyFixable: true, grace: 7d}
                - secrets: {maximum: 0}
                - sbom: {format: cyclonedx}
                - base: {allow: ["registry.example.com/base/**"]}
                - user: {nonRoot: true}
                - expression: {id: labelled, cel: "'org.opencontainers.image.source' in image.config.labels", message: "must name its source"}
              waivers:
                - {vulnerability: CVE-2026-0001, package: "pkg:maven/org.example/lib", images: ["registry.example.com/staging/shop/**"], until: 2026-12-31, reason: "not reachable: no JNDI lookup", by: alice}
            """;

    @Test
    void readsAWholePolicy() throws Exception {
        Policy policy = parse(WHOLE);
        assertThat(policy.name()).isEqualTo("production");
        assertThat(policy.digest()).isEqualTo(Digest.of(WHOLE.getBytes(UTF_8)));
        assertThat(policy.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(policy.expires()).contains(LocalDate.parse("2027-06-30"));
        assertThat(policy.checklist())
                .extracting(Rule::id)
                .containsExactly(
                        "signature",
                        "provenance",
                        "tests",
                        "vulnerabilities",
                        "secrets",
                        "sbom:cyclonedx",
                        "base",
                        "user",
                        "expression:labelled");
        assertThat(policy.waivers()).hasSize(1);
        assertThat(policy.without()).isEmpty();
    }

    /** A part each: other keys do not take the log entry away, and a rule may do without it by name. */
    @Test
    void readsWhatMustBeProvenOfSignatures() throws Exception {
        String logged = WHOLE.replace("trust: {keys: [release],", "trust: {keys: [release], log: required,");
        TestsRule keyed = (TestsRule) parse(logged.replace("trust: {observed: build-agent}", "trust: {keys: [unit]}"))
                .checklist()
                .get(2);
        assertThat(keyed.trust().signatories().proof()).isEqualTo(new RequiredProof(true, false));
        Policy other =
                parse(logged.replace("trust: {observed: build-agent}", "trust: {log: optional, timestamp: required}"));
        assertThat(((TestsRule) other.checklist().get(2)).trust().signatories().proof())
                .isEqualTo(new RequiredProof(false, true));
        assertThat(other.asksForProof()).isTrue();
        assertThat(parse(WHOLE).asksForProof()).isFalse();
    }

    @Test
    void replacesEachPartOfTheTrustThatARuleNames() throws Exception {
        TestsRule tests = (TestsRule) parse(WHOLE).checklist().get(2);
        assertThat(tests.trust().signatories().keys()).containsExactly("release");
        assertThat(tests.trust().observed()).isEqualTo(Observer.BUILD_AGENT);

        Policy other = parse(WHOLE.replace("trust: {observed: build-agent}", "trust: {keys: [unit]}"));
        TestsRule keyed = (TestsRule) other.checklist().get(2);
        assertThat(keyed.trust().signatories().keys()).containsExactly("unit");
        assertThat(keyed.trust().observed()).isEqualTo(Observer.TRUSTED_AGENT);
        assertThat(((SignatureRule) other.checklist().get(0)).signatories().keys())
                .isEqualTo(Set.of("release"));
    }

    /** A rule that names a key of its own must not believe the policy's identities beside it. */
    @Test
    void replacesKeysByIdentitiesAndIdentitiesByKeys() throws Exception {
        String identity =
                "identities: [{issuer: https://id.example.com, subject: https://jenkins.example.com/job/app/}]";
        Policy policy = parse(WHOLE.replace("trust: {observed: build-agent}", "trust: {" + identity + "}"));
        TestsRule tests = (TestsRule) policy.checklist().get(2);
        assertThat(tests.trust().signatories().keys()).isEmpty();
        assertThat(tests.trust().signatories().identities()).hasSize(1);
        assertThat(policy.identities()).isEqualTo(tests.trust().signatories().identities());

        Policy other = parse(WHOLE.replace("keys: [release]", identity)
                .replace("trust: {observed: build-agent}", "trust: {keys: [unit]}"));
        assertThat(((TestsRule) other.checklist().get(2)).trust().signatories().identities())
                .isEmpty();
    }

    @Test
    void readsWhatACertificateMustSay() throws Exception {
        String identity =
                "identities: [{issuer: https://id.example.com, subject: ci@example.com, extensions: EXTENSIONS}]";
        String document = WHOLE.replace("keys: [release]", identity);
        Policy policy = parse(
                document.replace("EXTENSIONS", "{sourceRef: \"refs/tags/v*\", runnerEnvironment: github-hosted}"));
        assertThat(policy.identities().get(0).extensions())
                .isEqualTo(Map.of(
                        CertificateExtension.SOURCE_REF,
                        "refs/tags/v*",
                        CertificateExtension.RUNNER_ENVIRONMENT,
                        "github-hosted"));

        assertThatThrownBy(() -> parse(document.replace("EXTENSIONS", "{}"))).hasMessageContaining("asks for nothing");
        assertThatThrownBy(() -> parse(document.replace("EXTENSIONS", "{runner: x}")))
                .hasMessageContaining("unknown extension 'runner', expected one of [buildSigner, runnerEnvironment,");
        assertThatThrownBy(() -> parse(document.replace("EXTENSIONS", "{sourceRef: main}")))
                .hasMessageContaining("sourceRef 'main': expected a ref in full");
    }

    @Test
    void saysWhichKeysAVerifierMustBeGiven() throws Exception {
        assertThat(parse(WHOLE.replace("trust: {observed: build-agent}", "trust: {keys: [unit]}"))
                        .keys())
                .containsExactly("release", "unit");
    }

    @Test
    void readsPolicyThatLeavesTrustToItsRules() throws Exception {
        String document = Given.document("- signature: {trust: {keys: [a]}}")
                .replace("  trust: {keys: [release], observed: build-agent}\n", "");
        assertThat(parse(document).checklist()).hasSize(1);
    }

    /** What to change in the whole policy, and what the error says of it: place and problem. */
    static List<String[]> faults() {
        return List.of(
                fault("apiVersion: airworthy/v1", "apiVersion: airworthy/v2", "1:13: unknown word 'airworthy/v2'"),
                fault("kind: Policy", "kind: policy", "2:7: unknown word 'policy'"),
                fault("kind: Policy", "Kind: Policy", "2:1: unknown key 'Kind'"),
                fault("kind: Policy\n", "", "1:1: 'kind' is missing"),
                fault("{name: production}", "{name: production, owner: x}", "3:30: unknown key 'owner'"),
                fault("{name: production}", "{name: ''}", "3:18: '' is not a valid name for a policy"),
                fault("mode: enforce", "mode: off", "5:9: 'off' means different things in YAML 1.1 and 1.2"),
                fault(
                        "mode: enforce",
                        "mode: enforced",
                        "5:9: unknown word 'enforced', expected one of audit, enforce"),
                fault("mode: enforce", "mode:", "5:8: 'mode' has no value"),
                fault("mode: enforce", "mode: enforce\n  mode: audit", "6:3: "),
                fault("expires: 2027-06-30", "expires: 2027-02-30", "6:12: '2027-02-30' is not a day of the calendar"),
                fault("expires: 2027-06-30", "expires: 30.6.2027", "6:12: expected a date such as 2026-12-31"),
                fault("expires: 2027-06-30", "expires: 20270630", "6:12: expected a text, found 20270630"),
                fault("expires: 2027-06-30", "expires: !!str 2027-06-30", "6:12: tags are not allowed"),
                fault(
                        "trust: {keys: [release], observed: trusted-agent}",
                        "trust: {}",
                        "7:10: names no signer and no observer"),
                fault("keys: [release]", "keys: [release], log: maybe", "7:33: unknown word 'maybe'"),
                fault("keys: [release]", "keys: [release], timestamp: true", "7:39: expected a text"),
                fault("keys: [release]", "keys: []", "7:17: the list is empty"),
                fault("keys: [release]", "keys: release", "7:17: expected a list, found 'release'"),
                fault("keys: [release]", "keys: [release, release]", "7:27: named twice"),
                fault("keys: [release]", "keys: ['*']", "7:18: '*' is not a valid name for a key"),
                fault("keys: [release]", "identities: [{issuer: x}]", "7:24: 'subject' is missing"),
                fault("keys: [release]", "identities: []", "7:23: the list is empty"),
                fault(
                        "keys: [release]",
                        "identities: [{issuer: x, subject: '*'}]",
                        "7:24: subject '*': a wildcard is allowed"),
                fault("keys: [release]", "identities: [{issuer: x, subject: ''}]", "7:45: expected a text"),
                fault(
                        "keys: [release]",
                        "identities: [{issuer: https://x, subject: z@z}, {issuer: https://x, subject: z@z}]",
                        "7:59: named twice"),
                fault("keys: [release]", "identities: [{issuer: x, subject: z, any: true}]", "7:48: unknown key 'any'"),
                fault("keys: [release], ", "", "11:18: no signer is trusted for this"),
                fault(", observed: trusted-agent", "", "12:19: no least observer"),
                fault("observed: trusted-agent", "observed: anybody", "7:38: unknown word 'anybody'"),
                fault("from: \"registry.example.com/staging/{app**}\", ", "", "9:7: 'from' is missing"),
                fault(
                        "registry.example.com/staging/{app**}",
                        "*/staging/{app**}",
                        "9:14: bad pattern '*/staging/{app**}'"),
                fault("registry.example.com/prod/{app**}", "registry.example.com/prod/{x}", "9:58: {x} is not bound"),
                fault(
                        "registry.example.com/prod/{app**}",
                        "registry.example.com/prod/{app}",
                        "9:58: {app} is not bound"),
                fault(
                        "registry.example.com/prod/{app**}",
                        "registry.example.com/**",
                        "9:58: a target must be definite"),
                fault("tags: [\"v*\"]", "tags: []", "9:101: the list is empty"),
                fault("threshold: 1", "threshold: 0", "11:30: a threshold is 1 at least"),
                fault("threshold: 1", "threshold: 2", "11:30: a threshold is 1 at least and at most the number"),
                fault("threshold: 1", "threshold: -1", "11:30: expected a whole number"),
                fault("threshold: 1", "threshold: 01", "11:30: '01' means different things"),
                fault(
                        "threshold: 1",
                        "threshold: \"1\"",
                        "11:30: expected a whole number that is not negative, found '1' in quotes"),
                fault(
                        "threshold: 1",
                        "treshold: 1",
                        "11:19: unknown key 'treshold', expected one of from, mode, threshold, trust"),
                fault("- signature: {threshold: 1}", "- signatur: {threshold: 1}", "11:7: unknown rule 'signatur'"),
                fault("- signature: {threshold: 1}", "- signature:", "11:17: expected a map for the rule 'signature'"),
                fault("- signature: {threshold: 1}", "- signature", "11:7: expected a map"),
                fault(
                        "- signature: {threshold: 1}",
                        "- approvals: {minimum: 1}",
                        "11:7: the rule 'approvals' is not available"),
                fault("- signature: {threshold: 1}", "- {signature: {}, user: {}}", "11:7: expected one rule"),
                fault("builders: [\"https://jenkins.example.com/\"], ", "", "12:19: 'builders' is missing"),
                fault("https://git.example.com/acme/{app**}", "https://git.example.com/{y}", "12:87: {y} is not bound"),
                fault("refs: [refs/heads/main]", "refs: []", "12:133: the list is empty"),
                fault(", refs: [refs/heads/main]", "", "12:74: 'refs' is missing"),
                fault("minimum: 1, failures", "minimum: 0, failures", "13:24: a rule that asks for no test"),
                fault("maxAge: 24h", "maxAge: 24", "14:33: expected a text, found 24"),
                fault("maxAge: 24h", "maxAge: 0h", "14:33: expected a duration such as"),
                fault("maxAge: 24h", "maxAge: 1:30", "14:33: '1:30' means different things"),
                fault("deny: [CRITICAL, HIGH]", "deny: []", "14:65: the list is empty"),
                fault("deny: [CRITICAL, HIGH]", "deny: [HIGH]", "14:65: denies a severity but not CRITICAL"),
                fault("deny: [CRITICAL, HIGH]", "deny: [UNKNOWN]", "14:65: denies no severity that a scanner rates"),
                fault("deny: [CRITICAL, HIGH]", "deny: [critical]", "14:66: unknown word 'critical'"),
                fault("deny: [CRITICAL, HIGH], ", "", "14:24: 'deny' is missing"),
                fault("onlyFixable: true", "onlyFixable: yes", "14:96: 'yes' means different things"),
                fault("onlyFixable: true", "onlyFixable: \"true\"", "14:96: expected true or false"),
                fault("grace: 7d", "allow: [everything]", "14:110: unknown word 'everything'"),
                fault("maximum: 0", "maximum: none", "15:26: expected a whole number"),
                fault("format: cyclonedx", "format: pdf", "16:22: unknown word 'pdf', expected one of cyclonedx, spdx"),
                fault("registry.example.com/base/**", "registry.example.com/base/{x}", "17:22: {} binds nothing here"),
                fault("nonRoot: true", "nonRoot: false", "18:23: a rule that asks for nothing"),
                fault("nonRoot: true", "nonRoot: true, allow: [root]", "18:37: unknown word 'root'"),
                fault(", message: \"must name its source\"", "", "19:19: 'message' is missing"),
                fault("id: labelled", "id: 'a b'", "19:24: expected a name"),
                fault(", reason: \"not reachable: no JNDI lookup\"", "", "21:7: 'reason' is missing"),
                fault("reason: \"not reachable: no JNDI lookup\"", "reason: \" \"", "21:153: expected a text of 1 to"),
                fault(", until: 2026-12-31", "", "21:7: 'until' is missing"),
                fault(", by: alice", "", "21:7: 'by' is missing"),
                fault("package: \"pkg:maven/org.example/lib\", ", "", "21:7: 'package' is missing"),
                fault("pkg:maven/org.example/lib", "pkg:maven", "21:47: 'pkg:maven' is not a package URL"),
                fault(
                        "pkg:maven/org.example/lib",
                        "pkg:maven/a/b?x=y",
                        "21:47: 'pkg:maven/a/b?x=y' is not a package URL"),
                fault("images: [\"registry.example.com/staging/shop/**\"], ", "", "21:7: 'images' is missing"),
                fault("vulnerability: CVE-2026-0001", "vulnerability: '*'", "21:23: expected a name"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refusesEveryFaultWithItsPlace(String found, String replacement, String message) {
        assertThat(WHOLE).contains(found);
        String faulty = WHOLE.replace(found, replacement);
        assertThatThrownBy(() -> parse(faulty))
                .as(replacement)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("policy.yaml:" + message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "", "~", "{}", "signature"})
    void refusesEmptyChecklist(String checklist) {
        String head = WHOLE.substring(0, WHOLE.indexOf("  checklist:"));
        assertThatThrownBy(() -> parse(head + "  checklist: " + checklist + "\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("policy.yaml:10:");
        assertThatThrownBy(() -> parse(head + "  without: [{rule: signature, reason: r}, {rule: vulnerabilities,"
                        + " reason: r}]\n  checklist: " + checklist + "\n"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("policy.yaml:11:");
        assertThatThrownBy(() -> parse(head)).hasMessageContaining("'checklist' is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "---", "null", "[]", "text", "{", "a: b: c", "\t- x", "a: &x 1\nb: *x", "--- 1\n--- 2"
            })
    void refusesMalformedDocument(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("policy.yaml");
    }

    /** No silent hole: what is not asked for must be said. */
    @Test
    void refusesAPolicyThatLeavesOutSignaturesOrVulnerabilitiesSilently() throws Exception {
        String signature = WHOLE.replace("    - signature: {threshold: 1}\n", "");
        assertThatThrownBy(() -> parse(signature))
                .hasMessageContaining("policy.yaml:11:5: the rule 'signature' is missing")
                .hasMessageContaining("without: [{rule: signature");
        String vulnerabilities = WHOLE.replaceAll("    - vulnerabilities: .*\n", "");
        assertThatThrownBy(() -> parse(vulnerabilities)).hasMessageContaining("the rule 'vulnerabilities' is missing");

        Policy said = parse(vulnerabilities + "  without: [{rule: vulnerabilities, reason: no database here}]\n");
        assertThat(said.without()).containsExactly(new Omission("vulnerabilities", "no database here"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{rule: vulnerabilities}]",
                "[{rule: vulnerabilities, reason: ''}]",
                "[{reason: x}]",
                "[{rule: everything, reason: x}]",
                "[{rule: signature, reason: x}, {rule: vulnerabilities, reason: x}]",
                "[{rule: vulnerabilities, reason: x}, {rule: vulnerabilities, reason: y}]",
                "[]",
                "vulnerabilities"
            })
    void refusesWithoutWithoutARuleAndAReason(String without) {
        String document = WHOLE.replaceAll("    - vulnerabilities: .*\n", "") + "  without: " + without + "\n";
        assertThatThrownBy(() -> parse(document))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching("policy\\.yaml:\\d+:\\d+: .*");
    }

    @Test
    void refusesTwoExpressionsOfOneName() {
        assertThatThrownBy(() -> Given.policy(
                        "- expression: {id: a, cel: 'true', message: m}",
                        "- expression: {id: a, cel: 'true', message: m}"))
                .hasMessageContaining("two expressions have the id");
    }

    @Test
    void refusesMoreRulesThanAnybodyWrites() {
        String[] many =
                java.util.Collections.nCopies(65, "- user: {nonRoot: true}").toArray(String[]::new);
        assertThatThrownBy(() -> Given.policy(many)).hasMessageContaining("more than the allowed 64 rules");
    }

    /** A source may use only what every entry binds, else some image's source would not be checked. */
    @Test
    void refusesACaptureThatNotEveryEntryBinds() {
        String document = WHOLE.replace("  images:\n", "  images:\n    - {from: \"registry.example.com/old/{x}\"}\n");
        assertThatThrownBy(() -> parse(document))
                .hasMessageContaining("{app**} is not bound by the 'from' of every entry");
    }

    private static String[] fault(String found, String replacement, String message) {
        return new String[] {found, replacement, message};
    }

    private static Policy parse(String yaml) throws InvalidInputException {
        return Policy.parse(yaml.getBytes(UTF_8), "policy.yaml");
    }
}
