package io.jenkins.plugins.airworthy.jenkins.run.origin;

import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import jenkins.model.JenkinsLocationConfiguration;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The origin of a run as the controller knows it. It contains no claims of an agent or a script, except for revisions that name
 * an agent as observer.
 *
 * @param kinds what the run's instructions are; anything that is not known is {@link RunKind#UNKNOWN}
 * @param source the revision of the job's own definition, and everything else that the run checked out
 * @param parameters without sensitive ones, values bounded
 * @param startedBy who or what started it
 * @param causes one line each, in words that people choose
 * @param controllerUrl the root URL of this Jenkins: the builder's id; empty if it is not configured
 * @param job full name of the job
 * @param path where the run is below the root URL
 */
public record RunOrigin(
        Set<RunKind> kinds,
        RunSource source,
        Map<String, String> parameters,
        List<Starter> startedBy,
        List<String> causes,
        String controllerUrl,
        String job,
        String path,
        int number,
        Instant startedAt) {
    /** How many causes are listed. */
    static final int MAX_CAUSES = 20;

    /** How many characters of a cause are kept. */
    static final int MAX_CAUSE_LENGTH = 300;

    public RunOrigin {
        kinds = Set.copyOf(kinds);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        startedBy = List.copyOf(startedBy);
        causes = List.copyOf(causes);
    }

    /** What is known of a run now. */
    public static RunOrigin of(Run<?, ?> run) {
        Set<RunKind> stated = kindsOf(run);
        RunSource source = RunSource.of(run, stated);
        return new RunOrigin(
                withDoubt(stated, source),
                source,
                RunParameters.of(run),
                Starter.of(run.getCauses()),
                run.getCauses().stream()
                        .limit(MAX_CAUSES)
                        .map(RunOrigin::describe)
                        .toList(),
                controller(),
                run.getParent().getFullName(),
                run.getUrl(),
                run.getNumber(),
                Instant.ofEpochMilli(run.getStartTimeInMillis()));
    }

    /** The root URL of this Jenkins, which is the builder's id in the provenance of its runs; empty if it is not configured. */
    public static String controller() {
        return Optional.ofNullable(JenkinsLocationConfiguration.get().getUrl()).orElse("");
    }

    /** Instructions from source control without a known revision count as unknown. */
    static Set<RunKind> withDoubt(Set<RunKind> stated, RunSource source) {
        if (source.definition().isPresent() || stated.stream().anyMatch(RunKind::isMarked)) {
            return stated;
        }
        Set<RunKind> doubted = EnumSet.of(RunKind.UNKNOWN);
        doubted.addAll(stated);
        return doubted;
    }

    private static Set<RunKind> kindsOf(Run<?, ?> run) {
        Optional<DefinitionSnapshot> trace = DefinitionSnapshot.find(run);
        return new RunClassifier(
                        run.getClass().getName(),
                        trace.map(DefinitionSnapshot::definition).orElse(""),
                        trace.map(DefinitionSnapshot::isSteady).orElse(false),
                        typesOf(run.getCauses()),
                        typesOf(run.getAllActions()),
                        trace.flatMap(DefinitionSnapshot::branch)
                                .map(BranchRevision::isChangeRequest)
                                .orElse(false))
                .kinds();
    }

    private static Set<String> typesOf(List<?> objects) {
        Set<String> types = new HashSet<>();
        objects.forEach(object -> types.addAll(ClassNames.of(object)));
        return types;
    }

    private static String describe(Cause cause) {
        String line = AirworthyException.oneLine(String.valueOf(cause.getShortDescription()));
        return line.length() <= MAX_CAUSE_LENGTH ? line : line.substring(0, MAX_CAUSE_LENGTH) + "…";
    }
}
