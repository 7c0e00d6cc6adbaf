package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import static io.jenkins.plugins.airworthy.policy.Given.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Rules that only warn, always or until a day. */
class WarningsTest {
    private static final PlatformImage IMAGE = Given.image("linux/amd64", "0", Map.of(), List.of());
    private static final VerifiedEvidence SIGNATURE = Given.signature(IMAGE.digest(), Given.key("release"));
    private static final String SIGNED = "- signature: {}";

    @ParameterizedTest
    @CsvSource({
        "2026-12-31T23:59:59.999Z, WARNED, PASSED",
        "2027-01-01T00:00:00Z, FAILED, FAILED",
        "2027-01-02T00:00:00Z, FAILED, FAILED",
        "2026-01-01T00:00:00Z, WARNED, PASSED"
    })
    void enforcesFromMidnightOfTheDay(Instant now, Status status, Decision decision) throws Exception {
        for (String softened : new String[] {"from: 2027-01-01", "mode: warn, from: 2027-01-01"}) {
            Verdict verdict = judge(now, SIGNED, "- user: {nonRoot: true, " + softened + "}");
            assertThat(Given.item(verdict, "user").status()).isEqualTo(status);
            assertThat(verdict.decision()).isEqualTo(decision);
        }
    }

    @Test
    void saysWhatWouldFailAndWhen() throws Exception {
        Verdict verdict =
                judge(NOW, SIGNED, "- user: {nonRoot: true, from: 2027-01-01}", "- user: {nonRoot: true, mode: warn}");
        assertThat(Given.item(verdict, "user").reason())
                .isEqualTo("enforced from 2027-01-01 on, would fail: user '0' is root, or not a number that a user can"
                        + " have");
        assertThat(Given.item(verdict, "user#2").reason()).startsWith("only warns, would fail: user '0' is root");
        assertThat(Given.item(verdict, "user").warns()).isTrue();
        assertThat(verdict.toJson().get("items").get(2).get("status").textValue())
                .isEqualTo("WARNED");
        assertThat(verdict.toJson().get("items").get(2).get("mode").textValue()).isEqualTo("warn");
        assertThat(verdict.toJson().get("items").get(1).has("mode")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode: warn", "from: 2027-01-01"})
    void passesNothingIfAllRulesOnlyWarn(String softened) throws Exception {
        Verdict verdict = judge(NOW, "- user: {nonRoot: true, allow: [named-user], " + softened + "}");
        assertThat(verdict.decision()).isEqualTo(Decision.FAILED);
        assertThat(Given.item(verdict, "checklist").reason()).contains("no rule of the policy is enforced yet");
        Verdict satisfied = parse("signature", "{" + softened + "}").judge(Given.candidate(IMAGE, SIGNATURE), NOW);
        assertThat(satisfied.items())
                .filteredOn(item -> item.id().equals("signature"))
                .extracting(Verdict.Item::status)
                .containsExactly(Status.PASSED, Status.NOT_APPLICABLE);
        assertThat(satisfied.items())
                .filteredOn(item -> item.status() == Status.NOT_APPLICABLE)
                .extracting(Verdict.Item::reason)
                .contains("what only warns above is not required, by the policy: not under test");
        assertThat(satisfied.decision()).isEqualTo(Decision.FAILED);
    }

    /** An item that only warns, and the name of the image, do not speak for an image. */
    @Test
    void passesByAnEnforcedItemOnly() {
        Verdict.Item warned =
                Verdict.Item.of("signature", Status.PASSED, "signed").warning(true);
        assertThat(verdict(Verdict.Item.of("images", Status.PASSED, "named"), warned)
                        .passed())
                .isFalse();
        assertThat(verdict(Verdict.Item.of("signature", Status.WARNED, "would fail"))
                        .passed())
                .isFalse();
        assertThat(verdict(warned, Verdict.Item.of("user", Status.PASSED, "runs as 1"))
                        .passed())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode: warn", "from: 2026-01-01"})
    void requiresAReasonWhereSignaturesOnlyWarn(String softened) throws Exception {
        String document = Given.document("- user: {nonRoot: true}")
                .replace("  checklist:\n", "  checklist:\n    - signature: {" + softened + "}\n");
        assertThat(Policy.parse(document.getBytes(UTF_8), "p").without()).hasSize(2);
        String silent = document.replace("{rule: signature, reason: not under test}, ", "");
        assertThat(silent).isNotEqualTo(document);
        assertThatThrownBy(() -> Policy.parse(silent.getBytes(UTF_8), "p"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("the rule 'signature' is missing, or only warns");
    }

    @Test
    void showsTheOmissionUntilTheRuleIsEnforced() throws Exception {
        Policy policy = parse("signature", "{from: 2026-11-21}");
        assertThat(policy.judge(Given.candidate(IMAGE), NOW).items())
                .filteredOn(item -> item.id().equals("signature"))
                .extracting(Verdict.Item::status)
                .containsExactly(Status.WARNED, Status.NOT_APPLICABLE);
        assertThat(policy.judge(Given.candidate(IMAGE), Instant.parse("2026-11-21T00:00:00Z"))
                        .items())
                .filteredOn(item -> item.id().equals("signature"))
                .extracting(Verdict.Item::status)
                .containsExactly(Status.FAILED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: warning|unknown word 'warning', expected one of enforce, warn",
                "mode: audit|unknown word 'audit'",
                "from: tomorrow|expected a date",
                "from: 2027-02-29|not a day of the calendar",
                "mode: enforce, from: 2027-01-01|a rule of mode enforce has no 'from'",
                "until: 2027-01-01|unknown key 'until', expected one of allow, from, mode, nonRoot"
            })
    void refusesWhatSoftensInNoKnownWay(String words, String problem) {
        assertThatThrownBy(() -> Given.policy(SIGNED, "- user: {nonRoot: true, " + words + "}"))
                .hasMessageContaining(problem);
    }

    /** What is hidden from a rule that only warns could have been worth a warning; somebody hid it all the same. */
    @Test
    void cannotSoftenHiddenEvidence() throws Exception {
        Candidate good = Given.candidate(IMAGE, SIGNATURE);
        RecordedStatement hidden = new RecordedStatement(
                IMAGE.digest(),
                Given.digest("hidden"),
                PredicateTypes.TEST_RESULT,
                NOW.minusSeconds(60),
                Given.key("release").fingerprint(),
                Set.of("release"),
                false,
                Optional.of(Given.seen()),
                Optional.empty(),
                "signed elsewhere");
        Candidate hiding = new Candidate(
                good.image(),
                good.target(),
                good.digest(),
                good.platforms(),
                good.problems(),
                good.evidence(),
                List.of(hidden),
                good.bases());
        Policy policy = Given.policy(SIGNED, "- tests: {mode: warn}");
        assertThat(policy.judge(good, NOW).passed()).isTrue();
        assertThat(Given.item(policy.judge(hiding, NOW), "evidence").status()).isEqualTo(Status.FAILED);
    }

    @Test
    void cannotSoftenTheImageItself() throws Exception {
        Policy policy = Given.policy(SIGNED, "- user: {nonRoot: true, mode: warn}");
        Candidate good = Given.candidate(IMAGE, SIGNATURE);
        Candidate odd = new Candidate(
                good.image(),
                good.target(),
                good.digest(),
                good.platforms(),
                List.of("a child is missing"),
                good.evidence(),
                List.of(),
                Map.of());
        assertThat(policy.judge(good, NOW).passed()).isTrue();
        assertThat(policy.judge(odd, NOW).passed()).isFalse();
    }

    private static Verdict judge(Instant now, String... checklist) throws Exception {
        return Given.policy(checklist).judge(Given.candidate(IMAGE, SIGNATURE), now);
    }

    /** A policy whose only rule this is, with reasons for leaving out signatures and vulnerabilities. */
    private static Policy parse(String rule, String value) throws InvalidInputException {
        String document = Given.document("- user: {nonRoot: true}")
                .replace("- user: {nonRoot: true}", "- " + rule + ": " + value);
        return Policy.parse(document.getBytes(UTF_8), "p");
    }

    private static Verdict verdict(Verdict.Item... items) {
        return new Verdict(
                Given.reference(Given.STAGING),
                IMAGE.digest(),
                Optional.empty(),
                "p",
                IMAGE.digest(),
                Mode.ENFORCE,
                NOW,
                List.of(items));
    }
}
