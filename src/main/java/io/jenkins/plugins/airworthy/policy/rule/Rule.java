package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.evidence.RecordedStatement;

/**
 * One item of a checklist. A rule believes nothing but the verified evidence that its trust admits, and what it cannot
 * find out it does not pass.
 */
public sealed interface Rule
        permits BaseRule,
                ExpressionRule,
                ProvenanceRule,
                SbomRule,
                SecretsRule,
                SignatureRule,
                TestsRule,
                UserRule,
                VulnerabilitiesRule {

    /** The name in verdicts: the rule's word in the policy, and what tells it from others of its kind. */
    String id();

    Scope scope();

    /** Whom this rule believes; nobody for a rule that needs no evidence. */
    Signatories signatories();

    /**
     * Whether a statement that was signed, and is not among the evidence, could refuse the image if it were. What says how an image
     * was made, or that somebody signed it, cannot: whoever hides one of these only takes away what speaks for the image.
     */
    default boolean misses(Case image, RecordedStatement signed) {
        return false;
    }

    /** Which statements this rule looks at; none for a rule that needs no evidence. */
    Asked asks();

    /** Judges one image; a rule with {@link Scope#EACH_PLATFORM} is asked once for each. */
    Outcome judge(Case image);
}
