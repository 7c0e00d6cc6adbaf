package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.sbom.Sbom;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the deciding bill of materials of one image, of whichever format the newest is. Those of the same time decide together. What
 * one lists can speak against an image, so a hidden one refuses it.
 */
final class SbomEvidence {
    private static final String NOUN = "bill of materials";
    private static final Set<String> TYPES = Set.of(PredicateTypes.CYCLONEDX, PredicateTypes.SPDX);

    private SbomEvidence() {}

    /** Judges the packages of one document. */
    @FunctionalInterface
    interface Check {
        Outcome check(Sbom sbom, List<VerifiedEvidence> evidence);
    }

    static ConsultedEvidence asked(Trust trust) {
        return new ConsultedEvidence.Newest(TYPES, trust);
    }

    static boolean misses(RuleInput image, Trust trust, RecordedStatement signed) {
        return TYPES.stream().anyMatch(type -> LatestEvidence.isOfInterest(image.digest(), type, trust, signed))
                && !LatestEvidence.isReplaced(signed, believed(image, trust));
    }

    static Outcome judge(RuleInput image, Trust trust, boolean emptyAllowed, Check check) {
        List<VerifiedEvidence> believed = believed(image, trust);
        if (believed.isEmpty()) {
            boolean onlySpdx = image.evidence().stream()
                    .map(VerifiedEvidence::predicateType)
                    .filter(TYPES::contains)
                    .allMatch(PredicateTypes.SPDX::equals);
            String type = onlySpdx ? PredicateTypes.SPDX : PredicateTypes.CYCLONEDX;
            return Outcome.failed(MissingEvidence.reason(image, image.digest(), type, NOUN, trust), List.of());
        }
        Optional<Outcome> early = LatestEvidence.early(image, NOUN, believed);
        return early.isPresent()
                ? early.get()
                : LatestEvidence.decide(believed, NOUN, trust, evidence -> checked(evidence, emptyAllowed, check));
    }

    private static Outcome checked(VerifiedEvidence evidence, boolean emptyAllowed, Check check)
            throws InvalidInputException {
        Sbom sbom = Sbom.parse(evidence.statement());
        if (!emptyAllowed && sbom.packages().stream().noneMatch(each -> each.installed())) {
            return Outcome.failed(
                    "the " + NOUN + " lists no package (a policy may allow: [" + Allowance.NOTHING_ANALYSED + "])",
                    List.of(evidence));
        }
        return check.check(sbom, List.of(evidence));
    }

    /** The end of a reason: how much was looked at. */
    static String extent(Sbom sbom) {
        String all = Count.of(sbom.packages().size(), "package");
        return sbom.unnamed() == 0 ? all : all + ", " + sbom.unnamed() + " of them without a package URL";
    }

    private static List<VerifiedEvidence> believed(RuleInput image, Trust trust) {
        List<VerifiedEvidence> believed = new ArrayList<>();
        TYPES.forEach(type -> believed.addAll(LatestEvidence.believed(image, image.digest(), type, trust)));
        return believed;
    }
}
