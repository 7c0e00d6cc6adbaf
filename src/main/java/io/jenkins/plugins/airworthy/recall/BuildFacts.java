package io.jenkins.plugins.airworthy.recall;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.provenance.ProvenanceView;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How an image came to be, by all verified provenance together. */
final class BuildFacts {
    private static final String UNKNOWN = ", and unknown counts as affected";
    private static final String GIT = "git+";

    /**
     * One build.
     *
     * @param agent the Jenkins agent; empty if it is not known
     */
    private record Build(ProvenanceView view, Optional<String> agent) {}

    private final List<Build> builds = new ArrayList<>();
    private boolean unreadable;

    private BuildFacts(Collection<VerifiedEvidence> evidence) {
        for (VerifiedEvidence each : evidence) {
            if (PredicateTypes.judgedAs(each.predicateType()).equals(PredicateTypes.PROVENANCE)) {
                try {
                    builds.add(new Build(ProvenanceView.of(each), agent(each)));
                } catch (InvalidInputException e) {
                    unreadable = true; // it could be about any build
                }
            }
        }
    }

    static BuildFacts of(Collection<VerifiedEvidence> evidence) {
        return new BuildFacts(evidence);
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
            boolean here = isSame(source.repository(), recalled.repository());
            if (here && (recalled.commits().isEmpty() || recalled.commits().contains(source.commit()))) {
                return known("it was built from " + source.repository()
                        + (source.commit().isEmpty() ? "" : " at " + source.commit()));
            }
            for (ProvenanceView.Dependency used : build.view().dependencies()) {
                String commit = used.digest().substring(used.digest().indexOf(':') + 1);
                if (recalled.commits().isEmpty()
                        ? isSame(repository(used.uri()), recalled.repository())
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
        return builds.isEmpty() || unreadable
                ? unknown("no provenance that is believed says how it was built")
                : Optional.empty();
    }

    private static Optional<PackageLists.Finding> known(String reason) {
        return Optional.of(new PackageLists.Finding(reason, true));
    }

    private static Optional<PackageLists.Finding> unknown(String reason) {
        return Optional.of(new PackageLists.Finding(reason + UNKNOWN, false));
    }

    private static String repository(String uri) {
        String plain = uri.startsWith(GIT) ? uri.substring(GIT.length()) : uri;
        int revision = plain.indexOf('@', Math.max(0, plain.lastIndexOf('/')));
        int ref = plain.indexOf("@refs/");
        int end = ref >= 0 ? ref : revision;
        return end < 0 ? plain : plain.substring(0, end);
    }

    /** Hosts of repositories ignore the ending {@code .git}, and many ignore case; a repository too many is the safe side. */
    private static boolean isSame(String a, String b) {
        return normal(a).equals(normal(b));
    }

    private static String normal(String repository) {
        String text = repository.toLowerCase(Locale.ROOT);
        while (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        return text.endsWith(".git") ? text.substring(0, text.length() - ".git".length()) : text;
    }
}
