package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.evidence.provenance.ProvenanceView;
import io.jenkins.plugins.airworthy.image.manifest.FoundBase;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.NamePattern;

import java.util.List;
import java.util.Optional;

/**
 * Demands that the image was built on one of these bases. The base is the one that the deciding provenance names, and the
 * image's layers must begin with that base's layers: a claim alone is not believed. A base without layers is refused, since
 * every image would match it.
 *
 * @param scratchAllowed whether an image without a base is allowed
 */
public record BaseRule(List<NamePattern> allow, boolean scratchAllowed, Trust trust) implements EvidenceRule {
    public static final String KIND = "base";

    /** The keyword for "no base" in a policy. */
    public static final String SCRATCH = "scratch";

    public BaseRule {
        allow = List.copyOf(allow);
    }

    @Override
    public String id() {
        return KIND;
    }

    @Override
    public ConsultedEvidence asks() {
        return new ConsultedEvidence.Newest(PredicateTypes.PROVENANCE, trust);
    }

    @Override
    public Outcome judge(RuleInput image) {
        return LatestEvidence.judge(
                image,
                image.asked(),
                PredicateTypes.PROVENANCE,
                ProvenanceRule.NOUN,
                trust,
                evidence -> check(image, evidence));
    }

    /** Returns the allowed bases that the deciding provenance of an image names; they must be read before this rule can judge. */
    public List<Provenance.Base> claims(RuleInput image) {
        List<VerifiedEvidence> believed =
                LatestEvidence.believed(image, image.asked(), PredicateTypes.PROVENANCE, trust);
        return LatestEvidence.newest(believed).stream()
                .filter(trust.proof()::isMetBy)
                .flatMap(evidence -> claim(evidence).stream())
                .filter(this::isAllowed)
                .toList();
    }

    /** Reads the base; empty if the statement cannot be read, since judging reads it again and reports the error. */
    private static Optional<Provenance.Base> claim(VerifiedEvidence evidence) {
        try {
            return ProvenanceView.of(evidence).base();
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    private Outcome check(RuleInput image, VerifiedEvidence evidence) throws InvalidInputException {
        List<VerifiedEvidence> one = List.of(evidence);
        ProvenanceView provenance = ProvenanceView.of(evidence);
        Optional<Provenance.Base> claim = provenance.base();
        if (claim.isEmpty()) {
            return withoutBase(provenance, one);
        }
        String named = "base '" + claim.get().reference() + "'";
        if (!isAllowed(claim.get())) {
            return Outcome.failed(named + " is not one of the allowed bases", one);
        }
        FoundBase base = image.bases().get(claim.get());
        if (base instanceof FoundBase.Read read) {
            return check(image.platformImage(), read, named, one);
        }
        String why = base instanceof FoundBase.Unread unread ? unread.reason() : "it was not read";
        return Outcome.failed(named + " could not be compared: " + why, one);
    }

    private Outcome withoutBase(ProvenanceView provenance, List<VerifiedEvidence> evidence) {
        if (!provenance.tellsBase()) {
            return Outcome.failed(
                    "the base is unknown: provenance of the build type '" + provenance.buildType()
                            + "' does not name it in a known way",
                    evidence);
        }
        return scratchAllowed
                ? Outcome.passed("built from scratch", evidence)
                : Outcome.failed("built from scratch (a policy may allow: [" + SCRATCH + "])", evidence);
    }

    private static Outcome check(
            PlatformImage image, FoundBase.Read base, String named, List<VerifiedEvidence> evidence) {
        return base.problem(image, named)
                .map(problem -> Outcome.failed(problem, evidence))
                .orElseGet(() -> Outcome.passed(
                        "begins with the " + Count.of(base.count(image), "layer") + " of " + named, evidence));
    }

    private boolean isAllowed(Provenance.Base claim) {
        try {
            ImageReference reference = ImageReference.parse(claim.reference());
            if (reference
                    .digest()
                    .filter(d -> !d.toString().equals(claim.digest()))
                    .isPresent()) {
                return false;
            }
            return allow.stream().anyMatch(pattern -> pattern.match(reference).isPresent());
        } catch (InvalidInputException e) {
            return false; // a malformed name is not allowed; the refusal quotes it
        }
    }
}
