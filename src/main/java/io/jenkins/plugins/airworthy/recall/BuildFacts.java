package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.provenance.ProvenanceView;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** How an image came to be, by all verified provenance together. Only provenance that is believed says how it did not. */
final class BuildFacts {
    private static final String UNKNOWN = ", and unknown counts as affected";

    /**
     * One build.
     *
     * @param agent the Jenkins agent; empty if it is not known
     */
    private record Build(ProvenanceView view, Optional<String> agent) {}

    private final List<Build> builds = new ArrayList<>();
    private final boolean missing;
    private final boolean hidden;
    private boolean unreadable;

    /**
     * @param believed whether provenance can clear an image
     * @param without the first platform that is not among these digests
     * @param hidden whether provenance was signed that is not among the evidence
     */
    BuildFacts(
            Collection<VerifiedEvidence> evidence,
            Predicate<VerifiedEvidence> believed,
            Function<Set<Digest>, Optional<String>> without,
            boolean hidden) {
        Set<Digest> told = new HashSet<>();
        for (VerifiedEvidence each : evidence) {
            if (isType(each.predicateType())) {
                try {
                    builds.add(new Build(ProvenanceView.of(each), agent(each)));
                    if (believed.test(each)) {
                        told.add(each.subject());
                    }
                } catch (InvalidInputException e) {
                    unreadable = true; // it could be about any build
                }
            }
        }
        missing = builds.isEmpty() || without.apply(told).isPresent();
        this.hidden = hidden;
    }

    /** Whether a predicate type is that of provenance. */
    static boolean isType(String predicateType) {
        return PredicateTypes.judgedAs(predicateType).equals(PredicateTypes.PROVENANCE);
    }

    private static Optional<String> agent(VerifiedEvidence evidence) throws InvalidInputException {
        JsonObject predicate = evidence.statement().predicateObject();
        Optional<JsonObject> definition = predicate.optionalObject("buildDefinition");
        Optional<JsonObject> internal =
                definition.isEmpty() ? Optional.empty() : definition.get().optionalObject("internalParameters");
        Optional<JsonObject> run =
                internal.isEmpty() ? Optional.empty() : internal.get().optionalObject("run");
        return run.isEmpty() ? Optional.empty() : run.get().optionalString("agent");
    }

    Optional<PackageLists.Finding> find(RecallTarget.Source recalled) {
        Optional<PackageLists.Finding> unknown = withoutBuild();
        for (Build build : builds) {
            ProvenanceView.Source source = build.view().source();
            boolean here = SourceRepository.areSame(source.repository(), recalled.repository());
            if (here && (recalled.commits().isEmpty() || recalled.commits().contains(source.commit()))) {
                return known("it was built from " + source.repository()
                        + (source.commit().isEmpty() ? "" : " at " + source.commit()));
            }
            for (ProvenanceView.Dependency used : build.view().dependencies()) {
                String commit = used.digest().substring(used.digest().indexOf(':') + 1);
                if (recalled.commits().isEmpty()
                        ? SourceRepository.areSame(used.uri(), recalled.repository())
                        : recalled.commits().contains(commit)) {
                    return known("its build used " + used.uri() + " at " + commit);
                }
            }
            if (!source.isKnown()) {
                unknown = unknown.or(() -> unknown("its provenance does not say from which source it was built"));
            } else if (here && source.commit().isEmpty()) {
                unknown = unknown.or(() -> unknown("its provenance does not say from which commit it was built"));
            }
        }
        return unknown;
    }

    Optional<PackageLists.Finding> find(RecallTarget.Builder recalled) {
        Optional<PackageLists.Finding> unknown = withoutBuild();
        for (Build build : builds) {
            ProvenanceView view = build.view();
            if (view.builder().isEmpty()) {
                unknown = unknown.or(() -> unknown("its provenance does not name the builder"));
            }
            if (!view.builder().equals(recalled.id())
                    || !recalled.window().mayTouch(view.startedAt(), view.finishedAt())) {
                continue;
            }
            boolean dated = recalled.window().isAlways()
                    || (view.startedAt().isPresent() && view.finishedAt().isPresent());
            if (recalled.agent().isPresent() && build.agent().isEmpty()) {
                unknown = unknown.or(() -> unknown("its provenance does not name the agent"));
            } else if (recalled.agent().isEmpty() || recalled.agent().equals(build.agent())) {
                Optional<PackageLists.Finding> found = dated
                        ? known("it was built by " + view.builder()
                                + build.agent()
                                        .map(agent -> " on the agent '" + agent + "'")
                                        .orElse("")
                                + view.startedAt().map(at -> " at " + at).orElse(""))
                        : unknown("its provenance does not say when it was built");
                if (dated) {
                    return found;
                }
                unknown = unknown.or(() -> found);
            }
        }
        return unknown;
    }

    private Optional<PackageLists.Finding> withoutBuild() {
        if (hidden) {
            return unknown("provenance was signed and is not among the evidence");
        }
        return missing || unreadable
                ? unknown("no provenance that is believed says how it was built")
                : Optional.empty();
    }

    private static Optional<PackageLists.Finding> known(String reason) {
        return Optional.of(new PackageLists.Finding(reason, true));
    }

    private static Optional<PackageLists.Finding> unknown(String reason) {
        return Optional.of(new PackageLists.Finding(reason + UNKNOWN, false));
    }
}
