package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.provenance.ProvenanceView;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Demands that the image was built in one of these ways. Judged is what is said about the requested digest; if nothing is said about
 * an index, every image in it must have provenance that fits. Alternatives that trust the same signers are judged by the same
 * statements; each of these must fit one of them.
 */
public record ProvenanceRule(List<AcceptedBuild> accept) implements EvidenceRule {
    public static final String KIND = "provenance";
    static final String NOUN = "provenance";

    private static final String NO_BUILDER =
            "the provenance names no builder. BuildKit writes the id that is given to it, as --attest"
                    + " type=provenance,builder-id=https://ci.example.com/. Until then, let this rule not trust whoever"
                    + " signed it: a statement without a time decides beside every newer one";

    public ProvenanceRule {
        accept = List.copyOf(accept);
        if (accept.isEmpty()) {
            throw new IllegalArgumentException("provenance that nothing can fit");
        }
    }

    @Override
    public String id() {
        return KIND;
    }

    @Override
    public Scope scope() {
        return Scope.ASKED_OR_EACH_PLATFORM;
    }

    /** All signers of the alternatives, what any of them asks of signatures, and the least of their observers. */
    @Override
    public Trust trust() {
        Set<String> keys = new LinkedHashSet<>();
        Set<IdentityPattern> identities = new LinkedHashSet<>();
        RequiredProof proof = RequiredProof.NONE;
        for (AcceptedBuild each : accept) {
            proof = proof.and(each.trust().proof());
            keys.addAll(each.trust().signatories().keys());
            identities.addAll(each.trust().signatories().identities());
        }
        return new Trust(
                new Signatories(keys, List.copyOf(identities), proof),
                accept.stream()
                        .map(each -> each.trust().observed())
                        .min(Enum::compareTo)
                        .orElseThrow());
    }

    @Override
    public ConsultedEvidence asks() {
        return byTrust().size() == 1
                ? new ConsultedEvidence.Newest(
                        PredicateTypes.PROVENANCE, accept.get(0).trust())
                : new ConsultedEvidence.Every(PredicateTypes.PROVENANCE);
    }

    @Override
    public boolean hasEvidence(RuleInput image) {
        return accept.stream().anyMatch(each -> !LatestEvidence.believed(
                        image, image.digest(), PredicateTypes.PROVENANCE, each.trust())
                .isEmpty());
    }

    /** Whether some builds of this builder could be accepted. */
    public boolean knowsBuilder(String builder) {
        return accept.stream().anyMatch(each -> each.isBuilder(builder));
    }

    /**
     * When the build of an image finished, as the newest provenance says that this rule believes.
     *
     * @return empty if there is none, or it does not say
     */
    public Optional<Instant> finished(Digest about, List<VerifiedEvidence> evidence) {
        Optional<Instant> latest = Optional.empty();
        List<VerifiedEvidence> believed = LatestEvidence.believed(evidence, about, PredicateTypes.PROVENANCE, trust());
        for (VerifiedEvidence each : LatestEvidence.newest(believed)) {
            try {
                Optional<Instant> told = ProvenanceView.of(each).finishedAt();
                latest = told.isPresent() && latest.filter(told.get()::isBefore).isEmpty() ? told : latest;
            } catch (InvalidInputException e) {
                return Optional.empty(); // the rule itself says what is wrong with it
            }
        }
        return latest;
    }

    @Override
    public Outcome judge(RuleInput image) {
        Map<Trust, Map<Integer, AcceptedBuild>> groups = byTrust();
        List<String> reasons = new ArrayList<>();
        List<VerifiedEvidence> evidence = new ArrayList<>();
        for (Map.Entry<Trust, Map<Integer, AcceptedBuild>> group : groups.entrySet()) {
            Outcome outcome = LatestEvidence.judge(
                    image,
                    image.digest(),
                    PredicateTypes.PROVENANCE,
                    NOUN,
                    group.getKey(),
                    one -> check(group.getValue(), image, one));
            if (groups.size() == 1 || outcome.status() != Status.FAILED) {
                return outcome;
            }
            reasons.add(group.getValue().keySet().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ": "
                    + outcome.reason());
            evidence.addAll(outcome.evidence());
        }
        return Outcome.failed("no alternative fits: " + String.join("; ", reasons), evidence);
    }

    /** The alternatives with their numbers, by whom they trust. */
    private Map<Trust, Map<Integer, AcceptedBuild>> byTrust() {
        Map<Trust, Map<Integer, AcceptedBuild>> groups = new LinkedHashMap<>();
        for (int i = 0; i < accept.size(); i++) {
            groups.computeIfAbsent(accept.get(i).trust(), any -> new LinkedHashMap<>())
                    .put(i + 1, accept.get(i));
        }
        return groups;
    }

    private static Outcome check(Map<Integer, AcceptedBuild> alternatives, RuleInput image, VerifiedEvidence evidence)
            throws InvalidInputException {
        ProvenanceView build = ProvenanceView.of(evidence);
        List<VerifiedEvidence> one = List.of(evidence);
        if (build.builder().isEmpty()) {
            return Outcome.failed(NO_BUILDER, one);
        }
        List<AcceptedBuild.Misfit> misfits = new ArrayList<>();
        List<String> briefs = new ArrayList<>();
        for (Map.Entry<Integer, AcceptedBuild> alternative : alternatives.entrySet()) {
            AcceptedBuild.Misfit misfit = alternative.getValue().judge(build, image);
            if (misfit == AcceptedBuild.Misfit.NONE) {
                return Outcome.passed(misfit.reason(build), one);
            }
            misfits.add(misfit);
            briefs.add(alternative.getKey() + ": " + misfit.brief());
        }
        return Outcome.failed(
                misfits.size() == 1
                        ? misfits.get(0).reason(build)
                        : AcceptedBuild.Misfit.NONE.reason(build) + ", which fits no alternative: "
                                + String.join("; ", briefs),
                one);
    }
}
