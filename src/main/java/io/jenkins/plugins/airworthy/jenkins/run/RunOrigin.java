package io.jenkins.plugins.airworthy.jenkins.run;

import hudson.model.Run;
import io.jenkins.plugins.airworthy.jenkins.config.RunKind;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a run comes from, as the controller knows it; nothing here is an agent's or a script's word, except where a
 * revision says that an agent observed it.
 *
 * @param kinds what the run's instructions are; anything that is not known is {@link RunKind#UNKNOWN}
 * @param definition the revision of the job's own definition; absent when there is none or it is not known
 * @param checkouts other revisions that the run checked out
 * @param parameters without sensitive ones, values bounded
 * @param causes one line each
 * @param controllerUrl the root URL of this Jenkins: the builder's id
 * @param job full name of the job
 */
public record RunOrigin(
        Set<RunKind> kinds,
        Optional<SourceRevision> definition,
        List<SourceRevision> checkouts,
        Map<String, String> parameters,
        List<String> causes,
        String controllerUrl,
        String job,
        int number,
        Instant startedAt) {
    public RunOrigin {
        kinds = Set.copyOf(kinds);
        checkouts = List.copyOf(checkouts);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        causes = List.copyOf(causes);
    }

    /** What is known of a run now. */
    public static RunOrigin of(Run<?, ?> run) {
        return new RunOrigin(
                Set.of(RunKind.UNKNOWN),
                Optional.empty(),
                List.of(),
                Map.of(),
                List.of(),
                "",
                run.getParent().getFullName(),
                run.getNumber(),
                Instant.ofEpochMilli(run.getStartTimeInMillis()));
    }

    /** The kinds that a key must accept by name; empty when there is nothing to accept. */
    public Set<RunKind> marks() {
        return kinds.stream().filter(RunKind::isMarked).collect(Collectors.toUnmodifiableSet());
    }
}
