package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Wildcard;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.name.NamePattern;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Demands that the requested digest was built by one of these builders, from one of these sources. If sources are demanded,
 * provenance without a source is refused. An adopted image is refused unless the rule allows it.
 *
 * @param sources the allowed sources; empty for any
 * @param adoptedAllowed whether the builder may have adopted the image, without having seen how it was built
 */
public record ProvenanceRule(Set<String> builders, List<Source> sources, boolean adoptedAllowed, Trust trust)
        implements EvidenceRule {
    public static final String KIND = "provenance";
    static final String NOUN = "provenance";

    public ProvenanceRule {
        builders = Set.copyOf(builders);
        sources = List.copyOf(sources);
    }

    /**
     * A source repository, and its branches and tags that may be released.
     *
     * @param repository a pattern that may use the captures of the policy's {@code from}
     */
    public record Source(NamePattern repository, List<Wildcard> refs) {
        public Source {
            refs = List.copyOf(refs);
        }
    }

    @Override
    public String id() {
        return KIND;
    }

    @Override
    public Scope scope() {
        return Scope.ASKED;
    }

    @Override
    public ConsultedEvidence asks() {
        return new ConsultedEvidence.Newest(PredicateTypes.PROVENANCE, trust);
    }

    @Override
    public Outcome judge(RuleInput image) {
        return LatestEvidence.judge(
                image, image.asked(), PredicateTypes.PROVENANCE, NOUN, trust, evidence -> check(image, evidence));
    }

    private Outcome check(RuleInput image, VerifiedEvidence evidence) throws InvalidInputException {
        Provenance provenance = Provenance.parse(evidence.statement());
        List<VerifiedEvidence> one = List.of(evidence);
        if (!builders.contains(provenance.builderId())) {
            return Outcome.failed(
                    "built by '" + provenance.builderId() + "', which is not one of the allowed builders", one);
        }
        if (provenance.isAdopted() && !adoptedAllowed) {
            return Outcome.failed(
                    "adopted by '" + provenance.builderId()
                            + "', which did not see how it was built (a policy may allow it: adopted: true)",
                    one);
        }
        Optional<Provenance.Source> source = provenance.source();
        String built = (provenance.isAdopted() ? "adopted by '" : "built by '") + provenance.builderId() + "'";
        if (source.isEmpty()) {
            return sources.isEmpty()
                    ? Outcome.passed(built, one)
                    : Outcome.failed(built + " from a source that the provenance does not name", one);
        }
        String from = built + " from '" + source.get().repository() + "' at '"
                + source.get().ref() + "'";
        boolean allowed = sources.isEmpty() || sources.stream().anyMatch(s -> isFrom(s, source.get(), image));
        return allowed
                ? Outcome.passed(from, one)
                : Outcome.failed(from + ", which is not one of the allowed sources of this image", one);
    }

    private static boolean isFrom(Source allowed, Provenance.Source actual, RuleInput image) {
        return allowed.repository().bind(image.captures()).matchesUrl(actual.repository())
                && allowed.refs().stream().anyMatch(ref -> ref.matches(actual.ref()));
    }
}
