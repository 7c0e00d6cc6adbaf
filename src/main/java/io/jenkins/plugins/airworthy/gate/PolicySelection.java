package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.policy.rule.Asked;
import io.jenkins.plugins.airworthy.policy.rule.Rule;
import io.jenkins.plugins.airworthy.sign.attach.EvidenceSelection;
import io.jenkins.plugins.airworthy.sign.attach.Extent;

import java.time.Instant;
import java.util.List;

/** Selects the evidence that the rules of a policy need. The verdict is the same as with all evidence. */
record PolicySelection(List<Asked> asked) implements EvidenceSelection {
    PolicySelection {
        asked = List.copyOf(asked);
    }

    static PolicySelection of(Policy policy) {
        return new PolicySelection(policy.checklist().stream().map(Rule::asks).toList());
    }

    @Override
    public Extent extent(String predicateType) {
        Extent extent = Extent.NOTHING;
        for (Asked each : asked) {
            if (each instanceof Asked.Everything
                    || (each instanceof Asked.Every every
                            && every.predicateType().equals(predicateType))) {
                return Extent.ALL;
            }
            if (each instanceof Asked.Newest newest && newest.predicateType().equals(predicateType)) {
                extent = Extent.NEWEST;
            }
        }
        return extent;
    }

    /** Evidence is attached after it was made, so evidence attached long before the newest was made cannot be newer. */
    @Override
    public boolean isDecided(String predicateType, List<VerifiedEvidence> believed, Instant lastAttached) {
        return asked.stream()
                .filter(each -> each instanceof Asked.Newest newest
                        && newest.predicateType().equals(predicateType))
                .allMatch(each -> ((Asked.Newest) each).isDecided(believed, lastAttached));
    }
}
