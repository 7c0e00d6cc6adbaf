package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.sbom.SbomDocument;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.rule.ConsultedEvidence;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceSelection;
import io.jenkins.plugins.airworthy.sign.attach.ReadExtent;

import java.time.Instant;
import java.util.List;

/**
 * Selects the evidence that the rules of a policy need. The verdict is the same as with all evidence.
 *
 * @param recalls whether recalls are judged too, for which all provenance and all bills of materials are read
 */
record PolicySelection(List<ConsultedEvidence> asked, boolean recalls) implements EvidenceSelection {
    PolicySelection {
        asked = List.copyOf(asked);
    }

    static PolicySelection of(Policy policy, boolean recalls) {
        return new PolicySelection(policy.checklist().stream().map(Rule::asks).toList(), recalls);
    }

    @Override
    public ReadExtent extent(String predicateType) {
        if (recalls && (SbomDocument.isType(predicateType) || isProvenance(predicateType))) {
            return ReadExtent.ALL;
        }
        ReadExtent extent = ReadExtent.NOTHING;
        for (ConsultedEvidence each : asked) {
            if (each instanceof ConsultedEvidence.Everything
                    || (each instanceof ConsultedEvidence.Every every && every.includes(predicateType))) {
                return ReadExtent.ALL;
            }
            if (each instanceof ConsultedEvidence.Newest newest
                    && (newest.isOf(predicateType) || newest.mentions(predicateType))) {
                extent = ReadExtent.NEWEST;
            }
        }
        return extent;
    }

    /** Evidence is attached after it was made, so evidence attached long before the newest was made cannot be newer. */
    @Override
    public boolean isDecided(String predicateType, List<VerifiedEvidence> believed, Instant lastAttached) {
        return asked.stream()
                .filter(each -> each instanceof ConsultedEvidence.Newest newest && newest.isOf(predicateType))
                .allMatch(each -> ((ConsultedEvidence.Newest) each).isDecided(believed, lastAttached));
    }

    private static boolean isProvenance(String predicateType) {
        return PredicateTypes.judgedAs(predicateType).equals(PredicateTypes.PROVENANCE);
    }
}
