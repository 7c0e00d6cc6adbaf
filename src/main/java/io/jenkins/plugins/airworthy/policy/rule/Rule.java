package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.evidence.RecordedStatement;

import java.time.Instant;

/**
 * One item of a checklist. A rule believes only verified evidence from signers and observers that it trusts, and fails if it
 * cannot decide.
 */
public sealed interface Rule permits EvidenceRule, SignatureRule, UserRule, WarningRule {

    /** The name in verdicts: the rule's keyword in the policy, and what distinguishes it from others of its kind. */
    String id();

    /** Which digests this rule judges; by default the stricter answer, each platform of an index. */
    default Scope scope() {
        return Scope.EACH_PLATFORM;
    }

    /** Whether there is evidence about this digest that the rule believes; only asked if the scope depends on it. */
    default boolean hasEvidence(RuleInput image) {
        return false;
    }

    /** The signers that this rule trusts; none for a rule that needs no evidence. */
    Signatories signatories();

    /**
     * Whether a recorded statement that is not among the evidence could refuse the image if it were. Provenance and signatures
     * cannot: hiding one of them only removes support for the image.
     */
    default boolean misses(RuleInput image, RecordedStatement signed) {
        return false;
    }

    /** The statements that this rule looks at; none for a rule that needs no evidence. */
    ConsultedEvidence asks();

    /** Whether a failure of this rule is only a warning at this time. */
    default boolean warns(Instant now) {
        return false;
    }

    /** The rule as it is when it is enforced; itself, unless it only warns. */
    default Rule enforced() {
        return this;
    }

    /** Judges one image; a rule with {@link Scope#EACH_PLATFORM} is called once for each platform. */
    Outcome judge(RuleInput image);
}
