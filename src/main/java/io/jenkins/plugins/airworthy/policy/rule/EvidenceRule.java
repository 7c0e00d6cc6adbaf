package io.jenkins.plugins.airworthy.policy.rule;

/** A rule that is decided by statements of signers and observers whom the policy trusts. */
public sealed interface EvidenceRule extends Rule
        permits BaseRule,
                ExpressionRule,
                LicencesRule,
                MisconfigurationsRule,
                PackagesRule,
                ProvenanceRule,
                SbomRule,
                SecretsRule,
                TestsRule,
                VulnerabilitiesRule {

    Trust trust();

    @Override
    default Signatories signatories() {
        return trust().signatories();
    }
}
