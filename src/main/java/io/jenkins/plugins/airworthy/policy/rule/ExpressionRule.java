package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Demands that an expression of the policy's author is true. An expression that cannot be
 * evaluated refuses the image.
 *
 * @param name the name of this expression, unique in the policy
 * @param message the reason to give if the expression is false
 */
public record ExpressionRule(String name, Condition condition, String message, Trust trust) implements EvidenceRule {
    public static final String KIND = "expression";

    /** Statement types that can only support an image, so that hiding one cannot make the image pass. */
    private static final Set<String> FOR_THE_IMAGE = Set.of(
            PredicateTypes.COSIGN_SIGNATURE,
            PredicateTypes.PROVENANCE,
            PredicateTypes.VERIFICATION_SUMMARY,
            PredicateTypes.CYCLONEDX,
            PredicateTypes.SPDX);

    /** A compiled expression; an interface so that a policy without expressions does not load the expression language. */
    @FunctionalInterface
    public interface Condition {
        boolean holds(RuleInput image, Trust trust) throws AirworthyException;

        /** Whether the expression sees which statements there are. */
        default boolean readsEvidence() {
            return false;
        }

        /** The types of the statements into which it looks, as they are {@linkplain PredicateTypes#judgedAs judged}. */
        default Set<String> looksInto() {
            return Set.of();
        }
    }

    /** Returns the evidence for the expression: what the rule believes about the requested digest and the judged image. */
    public static List<VerifiedEvidence> visible(RuleInput image, Trust trust) {
        return trust.proof()
                .withoutStripped(image.evidence().stream()
                        .filter(e ->
                                e.subject().equals(image.asked()) || e.subject().equals(image.digest()))
                        .filter(trust::believes)
                        .toList());
    }

    @Override
    public String id() {
        return KIND + ":" + name;
    }

    @Override
    public boolean misses(RuleInput image, RecordedStatement signed) {
        String type = PredicateTypes.judgedAs(signed.predicateType());
        // What an older statement does not say may be what the hidden one was hidden for.
        boolean matters =
                condition.looksInto().contains(type) || (condition.readsEvidence() && !FOR_THE_IMAGE.contains(type));
        return matters && (misses(image, image.digest(), type, signed) || misses(image, image.asked(), type, signed));
    }

    /** The newest result of each suite of tests counts, not the newest of all. */
    private boolean misses(RuleInput image, Digest about, String type, RecordedStatement signed) {
        return type.equals(PredicateTypes.TEST_RESULT)
                ? TestsRule.misses(image, about, trust, signed)
                : LatestEvidence.misses(image, about, type, trust, signed);
    }

    private boolean readsStatements() {
        return condition.readsEvidence() || !condition.looksInto().isEmpty();
    }

    private boolean sees(VerifiedEvidence evidence) {
        return condition.readsEvidence()
                || condition.looksInto().contains(PredicateTypes.judgedAs(evidence.predicateType()));
    }

    @Override
    public ConsultedEvidence asks() {
        return readsStatements() ? new ConsultedEvidence.Everything() : new ConsultedEvidence.Nothing();
    }

    @Override
    public Outcome judge(RuleInput image) {
        try {
            List<VerifiedEvidence> seen =
                    visible(image, trust).stream().filter(this::sees).toList();
            Optional<Outcome> early = LatestEvidence.early(image, "evidence", seen);
            if (early.isPresent()) {
                return early.get();
            }
            if (condition.readsEvidence()) {
                // It may ask that there is none of a type.
                LatestEvidence.requireProven(seen, "evidence", trust);
            }
            return condition.holds(image, trust) ? Outcome.passed("holds", seen) : Outcome.failed(message, seen);
        } catch (AirworthyException e) {
            return Outcome.failed(message + " (" + e.getMessage() + ")", List.of());
        }
    }
}
