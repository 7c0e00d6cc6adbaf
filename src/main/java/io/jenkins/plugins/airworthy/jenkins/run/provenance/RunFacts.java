package io.jenkins.plugins.airworthy.jenkins.run.provenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunSource;
import io.jenkins.plugins.airworthy.jenkins.run.origin.SourceRevision;
import io.jenkins.plugins.airworthy.jenkins.run.origin.Starter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the controller itself knows of a run, in the members of provenance. */
record RunFacts(RunOrigin origin) {
    private static final String RUN = "run";

    /** @param image of which there will be provenance, for the refusal if the controller has no URL to name as builder */
    static RunFacts of(RunOrigin origin, ImageReference image) throws InvalidInputException {
        if (origin.controllerUrl().isBlank()) {
            throw new InvalidInputException(
                    "this Jenkins has no URL, so the provenance of " + image
                            + " could not name its builder: an administrator can set the Jenkins URL under Manage Jenkins, System");
        }
        return new RunFacts(origin);
    }

    /** Builder, source, other revisions and the run itself. */
    Provenance provenance(String buildType, Optional<Provenance.Base> base, Instant startedAt, Instant finishedAt) {
        return provenance(buildType, base, List.of(), startedAt, finishedAt);
    }

    /**
     * The same of a build that used more than its base.
     *
     * @param used the rest
     */
    Provenance provenance(
            String buildType,
            Optional<Provenance.Base> base,
            List<Provenance.Dependency> used,
            Instant startedAt,
            Instant finishedAt) {
        List<Provenance.Dependency> others = new ArrayList<>(used);
        others.addAll(dependencies(origin.source()));
        return Provenance.of(
                buildType,
                origin.controllerUrl(),
                origin.source()
                        .definition()
                        .map(own -> new Provenance.Source(own.repository(), own.ref(), own.commit())),
                base,
                others,
                Optional.of(origin.controllerUrl() + origin.path()),
                startedAt,
                finishedAt);
    }

    /** External parameters, with the run's own: its job and the parameters that it was started with. */
    ObjectNode parameters(ObjectNode others) {
        ObjectNode json = others.deepCopy();
        ObjectNode job = json.putObject("job").put("name", origin.job());
        if (!origin.source().scriptPath().isEmpty()) {
            job.put("scriptPath", origin.source().scriptPath());
        }
        ObjectNode given = json.putObject("jobParameters");
        for (Map.Entry<String, String> parameter : origin.parameters().entrySet()) {
            given.put(parameter.getKey(), parameter.getValue());
        }
        return json;
    }

    /**
     * Internal parameters, with the run.
     *
     * @param node the agent's name
     * @param kinds of the run, and of the image
     */
    ObjectNode environment(ObjectNode others, String node, Set<RunKind> kinds) {
        ObjectNode json = others.deepCopy();
        ObjectNode run = json.putObject(RUN);
        run.put("number", origin.number());
        run.put("agent", AirworthyException.oneLine(node));
        kinds.stream().map(Enum::name).sorted().forEach(run.putArray("kinds")::add);
        origin.startedBy().stream().map(Starter::toJson).forEach(run.putArray("startedBy")::add);
        origin.causes().forEach(run.putArray("causes")::add);
        if (origin.source().leftOut() > 0) {
            run.put("checkoutsLeftOut", origin.source().leftOut());
        }
        origin.source().doubt().ifPresent(doubt -> run.put("sourceUnknown", doubt));
        return json;
    }

    /** Adds why the base was not compared. */
    static void baseUnchecked(ObjectNode environment, String reason) {
        environment.withObjectProperty(RUN).put("baseUnchecked", reason);
    }

    /**
     * The other revisions. A revision with the definition's own repository and ref but another commit is named by its commit,
     * because a source has only one commit.
     */
    private static List<Provenance.Dependency> dependencies(RunSource source) {
        List<Provenance.Dependency> dependencies = new ArrayList<>();
        for (SourceRevision other : source.others()) {
            boolean sameName = source.definition()
                    .filter(own -> own.repository().equals(other.repository())
                            && own.ref().equals(other.ref()))
                    .isPresent();
            String at = sameName ? other.commit().orElse(SourceRevision.NO_REF) : other.ref();
            dependencies.add(new Provenance.Dependency(
                    other.repository().contains("://") ? "git+" + other.repository() + "@" + at : other.repository(),
                    other.commit().map(commit -> "gitCommit"),
                    other.commit()));
        }
        return dependencies;
    }
}
