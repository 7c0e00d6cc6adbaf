package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.ArrayList;
import java.util.List;

/** Describes missing evidence, and evidence that exists but that the rule does not believe. */
final class MissingEvidence {
    private MissingEvidence() {}

    static String reason(RuleInput image, Digest about, String predicateType, String noun, Trust trust) {
        List<String> seen = new ArrayList<>();
        boolean unread = false;
        for (VerifiedEvidence evidence : image.evidence()) {
            if (evidence.subject().equals(about)
                    && PredicateTypes.judgedAs(evidence.predicateType()).equals(predicateType)) {
                seen.add(whyNot(evidence, trust));
            }
            unread = unread
                    || (evidence.subject().equals(about)
                            && PredicateTypes.isUnreadFormOf(predicateType, evidence.predicateType()));
        }
        String none = "no " + noun + " about " + about.abbreviated() + " by " + trust.label();
        List<String> distinct = seen.stream().distinct().toList();
        if (distinct.isEmpty() && unread) {
            return none + "; there is " + noun + " of version 0.1, which is not read";
        }
        return distinct.isEmpty() ? none : none + "; there is one " + Outcome.summary(distinct);
    }

    /** What is surprising of provenance, since it depends on a box in the job that is ticked for everybody. */
    private static String cure(VerifiedEvidence evidence) {
        return evidence.predicateType().equals(PredicateTypes.PROVENANCE)
                        && Trust.observer(evidence).equals(Observer.BUILD_AGENT)
                ? ": the controller did not read the source's revision itself, or could not compare the base image; in Jenkins,"
                        + " untick 'Lightweight checkout' in the job's pipeline, or make it a multibranch project"
                : "";
    }

    private static String whyNot(VerifiedEvidence evidence, Trust trust) {
        if (!trust.believesSignerOf(evidence)) {
            return "signed by " + evidence.signer().label() + ", which this rule does not trust";
        }
        return "signed by " + evidence.signer().label() + ", but it was observed by '" + Trust.observer(evidence)
                + "' and this rule asks for '" + trust.observed() + "' at least" + cure(evidence);
    }
}
