package io.jenkins.plugins.airworthy.attacks;

import io.jenkins.plugins.airworthy.gate.Promotion;
import io.jenkins.plugins.airworthy.policy.rule.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

import static org.assertj.core.api.Assertions.assertThat;

/** Attack 9: rules that only warn where the reader of a policy or of a verdict believes that they refuse. */
class WarningRulesTest extends Attack {
    private static final String TESTS = "- tests: {minimum: 1, failures: 0}";

    @Test
    void promotesAndTellsUntilTheDayOfTheRule() throws Exception {
        stageWithout(Piece.TESTS);
        changePolicy(TESTS, "- tests: {minimum: 1, failures: 0, from: 2026-11-21}");
        at("2026-11-20T23:59:59.999Z");
        Promotion promotion = promote();
        assertThat(promotion).isInstanceOf(Promotion.Promoted.class);
        assertThat(told(promotion.judged()))
                .contains(
                        "warned   tests on linux/amd64: enforced from 2026-11-21 on, would fail: no test result about");
        assertThat(promotion.judged().verdict().items())
                .filteredOn(item -> item.status() == Status.WARNED)
                .hasSize(1);
    }

    @Test
    void refusesFromMidnightOfTheDayOfTheRule() throws Exception {
        stageWithout(Piece.TESTS);
        changePolicy(TESTS, "- tests: {minimum: 1, failures: 0, mode: warn, from: 2026-11-21}");
        at("2026-11-21T00:00:00Z");
        assertRefused("tests", "no test result about");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode: warn", "from: 2026-11-21"})
    void refusesByAPolicyThatOnlyWarns(String softened) throws Exception {
        onlyRule("- user: {nonRoot: true, " + softened + "}");
        assertRefused("checklist", "no rule of the policy is enforced yet, and warnings pass no image");
    }

    /** The signature is there, and still nothing was asked for. */
    @Test
    void refusesByASignatureThatOnlyWarns() throws Exception {
        onlyRule("- signature: {mode: warn}");
        assertRefused("checklist", "no rule of the policy is enforced yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode: warn", "from: 2026-11-01"})
    void refusesPolicyWhoseSignatureOnlyWarnsSilently(String softened) throws Exception {
        changePolicy("{threshold: 1}", "{threshold: 1, " + softened + "}");
        assertInvalid("production.yaml:", "the rule 'signature' is missing, or only warns", "without");
    }

    /** A word that looks as if it refused. */
    @Test
    void refusesPolicyWithAnotherWordForWarnings() throws Exception {
        changePolicy("{nonRoot: true}", "{nonRoot: true, mode: warning}");
        assertInvalid("unknown word 'warning', expected one of enforce, warn");
    }

    private void onlyRule(String rule) {
        String all = document();
        changePolicy(
                all.substring(all.indexOf("  checklist:\n")),
                "  without: [{rule: signature, reason: later}, {rule: vulnerabilities, reason: later}]\n  checklist:\n    "
                        + rule + "\n");
    }

    private void at(String time) {
        clock = Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
    }
}
