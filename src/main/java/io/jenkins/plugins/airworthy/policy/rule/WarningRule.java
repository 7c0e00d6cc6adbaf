package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.evidence.RecordedStatement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A rule that only warns, always or until a day: where it would fail, the item is {@link Status#WARNED}. Nothing else about it is
 * softened: a statement that was hidden from it refuses the image as from any other rule.
 *
 * @param rule what is asked for
 * @param from the first day, in UTC, on which the rule is enforced; empty if it never is
 */
public record WarningRule(Rule rule, Optional<LocalDate> from) implements Rule {
    public WarningRule {
        if (rule instanceof WarningRule) {
            throw new IllegalArgumentException("a warning of a warning");
        }
    }

    @Override
    public boolean warns(Instant now) {
        return from.map(day -> now.isBefore(day.atStartOfDay(ZoneOffset.UTC).toInstant()))
                .orElse(true);
    }

    /** Says whether the rule is enforced at a time, in words that follow its name. */
    public String enforcement(Instant now) {
        String until = from.map(day -> " until " + day).orElse("");
        return warns(now)
                ? "only warns" + until
                : "is enforced since " + from.orElseThrow() + ": its 'from' and 'mode' say nothing any more";
    }

    @Override
    public Rule enforced() {
        return rule;
    }

    @Override
    public String id() {
        return rule.id();
    }

    @Override
    public Scope scope() {
        return rule.scope();
    }

    @Override
    public boolean hasEvidence(RuleInput image) {
        return rule.hasEvidence(image);
    }

    @Override
    public Signatories signatories() {
        return rule.signatories();
    }

    @Override
    public boolean misses(RuleInput image, RecordedStatement signed) {
        return rule.misses(image, signed);
    }

    @Override
    public ConsultedEvidence asks() {
        return rule.asks();
    }

    @Override
    public Outcome judge(RuleInput image) {
        Outcome outcome = rule.judge(image);
        if (outcome.status() != Status.FAILED || !warns(image.now())) {
            return outcome;
        }
        String when = from.map(day -> "enforced from " + day + " on").orElse("only warns");
        return new Outcome(
                Status.WARNED, when + ", would fail: " + outcome.reason(), outcome.details(), outcome.evidence());
    }
}
