package io.jenkins.plugins.airworthy.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.name.NamePattern;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.rule.BaseRule;
import io.jenkins.plugins.airworthy.policy.rule.ProvenanceRule;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.policy.rule.WarningRule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A valid policy on its own, without an image: its name, its extent, and what of it has ended. */
record PolicyFile(Policy policy, LocalDate today) {
    /** The path begins with a wildcard that spans segments and binds no name, so that nothing else depends on what it fits. */
    private static final Pattern EVERY_NAME = Pattern.compile("^(?:[a-z]+://)?[^/]+/\\*\\*(?:/|$)");

    static PolicyFile of(Policy policy, CommandEnvironment environment) {
        return new PolicyFile(policy, LocalDate.ofInstant(environment.clock().instant(), ZoneOffset.UTC));
    }

    /** What is valid and yet surprises: a policy or a waiver whose last day is over, a rule that only warns, a wide pattern. */
    List<String> cautions() {
        List<String> cautions = new ArrayList<>();
        policy.expires()
                .filter(this::isOver)
                .ifPresent(day -> cautions.add("the policy ended on " + day + ": it passes no image any more"));
        policy.waivers().stream()
                .filter(waiver -> isOver(waiver.until()))
                .forEach(waiver -> cautions.add("the waiver of " + waiver.vulnerability() + " in "
                        + waiver.packageName() + " ended on " + waiver.until()));
        policy.recallWaivers().stream()
                .filter(waiver -> isOver(waiver.until()))
                .forEach(waiver -> cautions.add("the waiver of " + waiver.recall() + " ended on " + waiver.until()));
        Instant now = today.atStartOfDay(ZoneOffset.UTC).toInstant();
        for (Rule rule : policy.checklist()) {
            if (rule instanceof WarningRule warning) {
                cautions.add("the rule '" + rule.id() + "' " + warning.enforcement(now));
            }
        }
        if (policy.checklist().stream().allMatch(rule -> rule.warns(now))) {
            cautions.add("no rule is enforced today: the policy passes no image");
        }
        cautions.addAll(widePatterns());
        return cautions;
    }

    /** Patterns that fit every name of a host: whoever may push anything there has a name that fits. */
    private List<String> widePatterns() {
        List<String> wide = new ArrayList<>();
        policy.routes().forEach(route -> add(wide, route.from(), "images"));
        policy.waivers().forEach(waiver -> waiver.images()
                .forEach(pattern -> add(wide, pattern, "the waiver of " + waiver.vulnerability())));
        policy.recallWaivers().forEach(waiver -> waiver.images()
                .forEach(pattern -> add(wide, pattern, "the waiver of " + waiver.recall())));
        for (Rule written : policy.checklist()) {
            if (written.enforced() instanceof BaseRule base) {
                base.allow().forEach(pattern -> add(wide, pattern, written.id()));
            } else if (written.enforced() instanceof ProvenanceRule provenance) {
                provenance.accept().stream()
                        .flatMap(build -> build.sources().stream())
                        .forEach(source -> add(wide, source.repository(), written.id()));
            }
        }
        return wide.stream().distinct().toList();
    }

    private static void add(List<String> wide, NamePattern pattern, String where) {
        if (EVERY_NAME.matcher(pattern.toString()).find()) {
            wide.add("'" + pattern + "' (" + where + ") fits every name of its host; begin the path with a name");
        }
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
