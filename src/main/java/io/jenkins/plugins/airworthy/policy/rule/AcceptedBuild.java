package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.Wildcard;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.evidence.provenance.ProvenanceView;
import io.jenkins.plugins.airworthy.image.name.NamePattern;

import java.util.List;
import java.util.Set;

/**
 * A way in which an image may have been built: by one of these builders, from one of these sources, said by somebody trusted. If
 * sources are demanded, a build whose source or ref is not known is refused. An adopted image is refused unless it is allowed.
 *
 * @param builders ids, or patterns as {@link IdentityPattern#fits} reads them
 * @param sources the allowed sources; empty for any
 * @param adoptedAllowed whether the builder may have adopted the image, without having seen how it was built
 */
public record AcceptedBuild(Set<String> builders, List<Source> sources, boolean adoptedAllowed, Trust trust) {
    public AcceptedBuild {
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

        private boolean isFrom(ProvenanceView.Source actual, RuleInput image) {
            return repository.bind(image.captures()).matchesUrl(actual.repository())
                    && refs.stream().anyMatch(ref -> ref.matches(actual.ref()));
        }
    }

    /** Why a build is not accepted. */
    enum Misfit {
        NONE("", ""),
        BUILDER("another builder", ", which is not one of the allowed builders"),
        ADOPTED(
                "adopted images are not accepted",
                ", which did not see how it was built (a policy may allow it: adopted: true)"),
        SOURCE_UNKNOWN("the source is unknown", " from a source that the provenance does not name"),
        REF_UNKNOWN("the ref is unknown", ", but the ref is unknown, and this rule asks for one"),
        SOURCE("another source", ", which is not one of the allowed sources of this image");

        private final String brief;
        private final String clause;

        Misfit(String brief, String clause) {
            this.brief = brief;
            this.clause = clause;
        }

        /** Few words, for a list. */
        String brief() {
            return brief;
        }

        /** What was built how, and why that is not accepted. */
        String reason(ProvenanceView build) {
            String by = (build.isAdopted() ? "adopted by '" : "built by '") + build.builder() + "'";
            ProvenanceView.Source source = build.source();
            boolean told = this != BUILDER && this != ADOPTED && source.isKnown();
            String at = source.ref().isEmpty() ? "" : " at '" + source.ref() + "'";
            return (told ? by + " from '" + source.repository() + "'" + at : by) + clause;
        }
    }

    Misfit judge(ProvenanceView build, RuleInput image) {
        if (!isBuilder(build.builder())) {
            return Misfit.BUILDER;
        }
        if (build.isAdopted() && !adoptedAllowed) {
            return Misfit.ADOPTED;
        }
        if (sources.isEmpty()) {
            return Misfit.NONE;
        }
        if (!build.source().isKnown()) {
            return Misfit.SOURCE_UNKNOWN;
        }
        if (build.source().ref().isEmpty()) {
            return Misfit.REF_UNKNOWN;
        }
        return sources.stream().anyMatch(allowed -> allowed.isFrom(build.source(), image))
                ? Misfit.NONE
                : Misfit.SOURCE;
    }

    boolean isBuilder(String builder) {
        return builders.stream().anyMatch(pattern -> IdentityPattern.fits(pattern, builder));
    }
}
