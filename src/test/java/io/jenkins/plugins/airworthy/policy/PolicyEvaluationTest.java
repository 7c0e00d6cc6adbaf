package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.rule.ExpressionRule;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import io.jenkins.plugins.airworthy.policy.rule.Trust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.jenkins.plugins.airworthy.policy.Given.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PolicyEvaluationTest {
    private static final PlatformImage IMAGE = Given.image();
    private static final String SIGNED = "- signature: {}";
    private static final VerifiedEvidence SIGNATURE = Given.signature(IMAGE.digest(), Given.key("release"));

    /** Attack 13: team A's good image promoted onto team B's name; attack 8: tags and patterns. */
    @ParameterizedTest
    @CsvSource({
        "registry.example.com/prod/shop/cart:v1, PASSED",
        "registry.example.com/prod/shop/cart:v, PASSED",
        "registry.example.com/prod/shop/cart:latest, FAILED",
        "registry.example.com/prod/shop/cart, FAILED",
        "registry.example.com/prod/bank/login:v1, FAILED",
        "registry.example.com/prod/shop/cart2:v1, FAILED",
        "registry.example.com/prod/shop:v1, FAILED",
        "registry.example.com/staging/shop/cart:v1, FAILED",
        "registry.example.com:5000/prod/shop/cart:v1, FAILED",
        "evil.example.org/prod/shop/cart:v1, FAILED",
        "oci:registry.example.com/prod/shop/cart:v1, FAILED"
    })
    void refusesGoodImageUnderTheNameOfAnother(String target, Decision decision) throws Exception {
        Candidate candidate = named(Given.STAGING + ":1.0", Optional.of(Given.reference(target)));
        Verdict verdict = Given.policy(SIGNED).judge(candidate, NOW);
        assertThat(verdict.decision()).isEqualTo(decision);
        assertThat(Given.item(verdict, "images").status() == Status.PASSED).isEqualTo(decision == Decision.PASSED);
    }

    @ParameterizedTest
    @CsvSource({
        "registry.example.com/staging/shop/cart:1.0, PASSED",
        "registry.example.com/staging/x:1.0, PASSED",
        "registry.example.com/staging2/shop/cart:1.0, FAILED",
        "registry.example.com/prod/shop/cart:1.0, FAILED",
        "registry.example.com.evil.org/staging/shop/cart:1.0, FAILED"
    })
    void refusesImageThatNoEntryIsFor(String image, Decision decision) throws Exception {
        assertThat(Given.policy(SIGNED)
                        .judge(named(image, Optional.empty()), NOW)
                        .decision())
                .isEqualTo(decision);
    }

    @Test
    void countsTheEntryThatLeadsToTheTarget() throws Exception {
        Policy policy = parse(Given.document(SIGNED).replace("  images:\n", """
                          images:
                            - {from: "registry.example.com/staging/shop/{x}", to: "registry.example.com/shop/{x}"}
                            - {from: "registry.example.com/staging/shop/*"}
                        """));
        for (String target : List.of("registry.example.com/shop/cart:1", Given.PRODUCTION + ":v1")) {
            assertThat(policy.judge(named(Given.STAGING + ":1", Optional.of(Given.reference(target))), NOW)
                            .passed())
                    .isTrue();
        }
        Candidate nowhere =
                named(Given.STAGING + ":1", Optional.of(Given.reference("registry.example.com/bank/cart:1")));
        assertThat(policy.judge(nowhere, NOW).passed()).isFalse();
    }

    @Test
    void promotesNothingByAnEntryWithoutATarget() throws Exception {
        Policy policy = parse(
                Given.document(SIGNED).replace(", to: \"registry.example.com/prod/{app**}\", tags: [\"v*\"]", ""));
        assertThat(policy.judge(named(Given.STAGING + ":1", Optional.empty()), NOW)
                        .passed())
                .isTrue();
        Verdict verdict =
                policy.judge(named(Given.STAGING + ":1", Optional.of(Given.reference(Given.PRODUCTION + ":v1"))), NOW);
        assertThat(Given.item(verdict, "images").reason()).contains("names no 'to'");
    }

    @Test
    void refusesTagAndDigestThatDisagree() throws Exception {
        Candidate candidate = named(Given.STAGING + ":1.0@" + Given.digest("other"), Optional.empty());
        assertThat(Given.item(Given.policy(SIGNED).judge(candidate, NOW), "image")
                        .reason())
                .contains("is not the one read");
    }

    /** A policy holds to the end of its last day, in UTC. */
    @ParameterizedTest
    @CsvSource({"2026-11-20T12:00:00Z, PASSED", "2026-12-31T23:59:59Z, PASSED", "2027-01-01T00:00:00Z, FAILED"})
    void deniesAfterThePolicyExpired(Instant now, Decision decision) throws Exception {
        Policy policy = parse(Given.document(SIGNED).replace("mode: enforce", "mode: enforce\n  expires: 2026-12-31"));
        Verdict verdict = policy.judge(Given.candidate(IMAGE, SIGNATURE), now);
        assertThat(verdict.decision()).isEqualTo(decision);
        assertThat(Given.item(verdict, "expires").reason()).contains("2026-12-31");
    }

    /** Attack 9: a rule switched off is visible. */
    @Test
    void showsWhatThePolicyLeavesOut() throws Exception {
        Verdict verdict = Given.policy(SIGNED).judge(Given.candidate(IMAGE, SIGNATURE), NOW);
        Verdict.Item left = Given.item(verdict, "vulnerabilities");
        assertThat(left.status()).isEqualTo(Status.NOT_APPLICABLE);
        assertThat(left.reason()).isEqualTo("by the policy: not under test");
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() throws Exception {
        Policy policy = parse(PolicyDocumentTest.WHOLE);
        Candidate bad = new Candidate(
                Given.reference("registry.example.com/other:1"),
                Optional.empty(),
                IMAGE.digest(),
                List.of(Given.image("linux/amd64", "root", Map.of(), List.of(Given.digest("base")))),
                List.of("an index in an index", "a child is missing"),
                List.of(),
                List.of(),
                Map.of());
        Verdict verdict = policy.judge(bad, Instant.parse("2028-01-01T00:00:00Z"));
        assertThat(verdict.items())
                .filteredOn(item -> item.status() == Status.FAILED)
                .extracting(Verdict.Item::id)
                .containsExactly(
                        "expires",
                        "images",
                        "image",
                        "image",
                        "signature",
                        "provenance",
                        "tests",
                        "vulnerabilities",
                        "secrets",
                        "sbom:cyclonedx",
                        "base",
                        "user",
                        "expression:labelled");
    }

    /** Attack 8: nested indexes, unknown children, anything that could not be read. */
    @Test
    void deniesImageWithAProblem() throws Exception {
        Candidate good = Given.candidate(IMAGE, SIGNATURE);
        Candidate odd = new Candidate(
                good.image(),
                good.target(),
                good.digest(),
                good.platforms(),
                List.of("the child sha256:… is an index in an index"),
                good.evidence(),
                List.of(),
                Map.of());
        assertThat(Given.policy(SIGNED).judge(good, NOW).passed()).isTrue();
        assertThat(Given.policy(SIGNED).judge(odd, NOW).passed()).isFalse();
    }

    @Test
    void refusesImageThatCouldRunNowhere() throws Exception {
        Verdict verdict = Given.policy(SIGNED, "- user: {nonRoot: true}")
                .judge(Given.index(List.of(), Given.signature(Given.digest("index"), Given.key("release"))), NOW);
        assertThat(verdict.passed()).isFalse();
        assertThat(Given.item(verdict, "image").reason()).isEqualTo("there is no image that could run");
    }

    /** A fault of ours neither passes the image nor hides what other rules say. */
    @Test
    void failsRuleThatBreaksDownAndNamesIt() throws Exception {
        Rule broken = new ExpressionRule(
                "broken",
                (image, trust) -> {
                    throw new IllegalStateException("secret text");
                },
                "m",
                new Trust(Set.of("release"), Observer.IMPORTED));
        Policy policy = Given.policy(SIGNED);
        List<Rule> rules = new ArrayList<>(List.of(broken));
        rules.addAll(policy.checklist());
        Policy with = new Policy(
                policy.name(),
                policy.digest(),
                policy.mode(),
                policy.expires(),
                policy.routes(),
                rules,
                policy.waivers(),
                policy.without());
        Verdict verdict = with.judge(Given.candidate(IMAGE, SIGNATURE), NOW);
        assertThat(verdict.passed()).isFalse();
        assertThat(Given.item(verdict, "expression:broken").reason())
                .contains("'expression:broken' broke down (IllegalStateException)")
                .doesNotContain("secret text");
        assertThat(Given.item(verdict, "signature").status()).isEqualTo(Status.PASSED);
    }

    @Test
    void requiresBothOfARuleThatAppearsTwice() throws Exception {
        Policy policy = Given.policy(SIGNED, "- signature: {trust: {keys: [security]}}");
        Verdict one = policy.judge(Given.candidate(IMAGE, SIGNATURE), NOW);
        assertThat(Given.item(one, "signature#2").status()).isEqualTo(Status.FAILED);
        Verdict both = policy.judge(
                Given.candidate(IMAGE, SIGNATURE, Given.signature(IMAGE.digest(), Given.key("security"))), NOW);
        assertThat(both.passed()).isTrue();
    }

    /** Attack 13: an audit decides for real, and whoever promotes can see that nobody meant it. */
    @Test
    void decidesForRealInAnAuditWithoutEnforcingIt() throws Exception {
        Policy audit = parse(Given.document(SIGNED).replace("mode: enforce", "mode: audit"));
        Verdict passed = audit.judge(Given.candidate(IMAGE, SIGNATURE), NOW);
        assertThat(passed.decision()).isEqualTo(Decision.PASSED);
        assertThat(passed.enforced()).isFalse();
        assertThat(passed.toJson().get("enforced").booleanValue()).isFalse();
        assertThat(audit.judge(Given.candidate(IMAGE), NOW).decision()).isEqualTo(Decision.FAILED);
        assertThat(parse(Given.document(SIGNED).replace("  mode: enforce\n", ""))
                        .mode())
                .isEqualTo(Mode.ENFORCE);
    }

    /** Attack 13: evidence added between verdict and copy is not in the verdict; neither is what did not decide. */
    @Test
    void namesExactlyTheEvidenceThatDecided() throws Exception {
        Verdict verdict = Given.policy(SIGNED)
                .judge(Given.candidate(IMAGE, SIGNATURE, Given.signature(IMAGE.digest(), Given.key("x"))), NOW);
        assertThat(verdict.evidence()).containsExactly(SIGNATURE.manifest());
    }

    @Test
    void refusesByAVerdictOfNothing() {
        Digest digest = Given.digest("x");
        Verdict nothing = new Verdict(
                Given.reference(Given.STAGING), digest, Optional.empty(), "p", digest, Mode.ENFORCE, NOW, List.of());
        assertThat(nothing.decision()).isEqualTo(Decision.FAILED);
    }

    @Test
    void keepsANameChosenByAStrangerOnItsLine() throws Exception {
        PlatformImage evil =
                Given.image("linux/amd64", "evil\nsignature: PASSED\u202e", Map.of(), List.of(Given.digest("base")));
        Verdict verdict = Given.policy("- user: {nonRoot: true}").judge(Given.candidate(evil), NOW);
        assertThat(Given.item(verdict, "user").reason()).doesNotContain("\n").doesNotContain("\u202e");
    }

    @Test
    void writesAStableJsonForm() throws Exception {
        VerifiedEvidence scan =
                Scan.of(IMAGE).finding("CVE-1", "HIGH", "1.1", "2020-01-01").evidence();
        Policy policy = Given.policy("- vulnerabilities: {deny: [CRITICAL, HIGH]}");
        Verdict verdict = policy.judge(Given.candidate(IMAGE, scan), NOW);
        assertThat(verdict.toJson()).isEqualTo(Given.json("""
                {"schemaVersion":1,
                 "image":"registry.example.com/staging/shop/cart:1.0",
                 "digest":"%s",
                 "target":"registry.example.com/prod/shop/cart:v1.0",
                 "policy":{"name":"production","digest":"%s"},
                 "mode":"enforce","enforced":true,"decision":"FAILED","evaluatedAt":"2026-11-20T12:00:00Z",
                 "items":[
                  {"id":"images","status":"PASSED","reason":"named as 'registry.example.com/staging/{app**}'",
                   "evidence":[],"details":[]},
                  {"id":"vulnerabilities","status":"FAILED",
                   "reason":"1 vulnerability is denied: CVE-1 (HIGH) in org.example:lib 1.0, fixed in 1.1",
                   "platform":"linux/amd64","signer":"key release",
                   "signers":[{"type":"key","name":"release","fingerprint":"%s"}],
                   "observer":"build-agent","observed":"build-agent",
                   "evidence":["%s"],"details":["CVE-1 (HIGH) in org.example:lib 1.0, fixed in 1.1"]},
                  {"id":"signature","status":"NOT_APPLICABLE","reason":"by the policy: not under test",
                   "evidence":[],"details":[]}]}
                """.formatted(
                        IMAGE.digest(), policy.digest(), ((Signer.Key) scan.signer()).fingerprint(), scan.manifest())));
        assertThat(verdict.toJson().fieldNames())
                .toIterable()
                .containsExactly(
                        "schemaVersion",
                        "image",
                        "digest",
                        "target",
                        "policy",
                        "mode",
                        "enforced",
                        "decision",
                        "evaluatedAt",
                        "items");
    }

    private static Candidate named(String image, Optional<ImageReference> target) {
        return new Candidate(
                Given.reference(image),
                target,
                IMAGE.digest(),
                List.of(IMAGE),
                List.of(),
                List.of(SIGNATURE),
                List.of(),
                Map.of());
    }

    private static Policy parse(String document) throws InvalidInputException {
        return Policy.parse(document.getBytes(UTF_8), "policy.yaml");
    }

    /** The time limit of a verdict is such an interrupt; rules that calculate for long look at none. */
    @Test
    void endsBeforeTheNextRuleWhenInterrupted() throws Exception {
        Candidate candidate = named(Given.STAGING + ":1.0", Optional.empty());
        Policy policy = Given.policy(SIGNED);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> policy.judge(candidate, NOW)).isInstanceOf(InterruptedException.class);
        } finally {
            Thread.interrupted();
        }
    }
}
