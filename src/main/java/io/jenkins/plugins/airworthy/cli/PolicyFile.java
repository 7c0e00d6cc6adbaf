package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.policy.rule.WarningRule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A valid policy on its own, without an image: its name, its extent, and what of it has ended. */
record PolicyFile(Policy policy, LocalDate today) {
    static PolicyFile of(Policy policy, CommandEnvironment environment) {
        return new PolicyFile(policy, LocalDate.ofInstant(environment.clock().instant(), ZoneOffset.UTC));
    }

    /** What is valid and yet surprises: a policy or a waiver whose last day is over, and a rule that only warns. */
    List<String> cautions() {
        List<String> cautions = new ArrayList<>();
        policy.expires()
                .filter(this::isOver)
                .ifPresent(day -> cautions.add("the policy ended on " + day + ": it passes no image any more"));
        policy.waivers().stream()
                .filter(waiver -> isOver(waiver.until()))
                .forEach(waiver -> cautions.add("the waiver of " + waiver.vulnerability() + " in "
                        + waiver.packageName() + " ended on " + waiver.until()));
        Instant now = today.atStartOfDay(ZoneOffset.UTC).toInstant();
        for (Rule rule : policy.checklist()) {
            if (rule instanceof WarningRule warning) {
                cautions.add("the rule '" + rule.id() + "' " + warning.enforcement(now));
            }
        }
        if (policy.checklist().stream().allMatch(rule -> rule.warns(now))) {
            cautions.add("no rule is enforced today: the policy passes no image");
        }
        return cautions;
    }

    boolean isOver(LocalDate last) {
        return last.isBefore(today);
    }

    ObjectNode document() {
        ObjectNode document = StrictJson.object()
                .put("schemaVersion", 1)
                .put("policy", policy.name())
                .put("digest", policy.digest().toString())
                .put("mode", policy.mode().toString());
        policy.expires().ifPresent(day -> document.put("expires", day.toString()));
        cautions().forEach(document.putArray("cautions")::add);
        return document;
    }

    void writeTo(TextReport page) {
        page.line("         " + policy.digest());
        cautions().forEach(caution -> page.line(TextStyle.CAUTION, "caution  ", caution));
    }
}
