package io.jenkins.plugins.airworthy.jenkins.run.provenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Provenance;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunSource;
import io.jenkins.plugins.airworthy.jenkins.run.origin.SourceRevision;
import io.jenkins.plugins.airworthy.jenkins.run.origin.Starter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the provenance of an image from what the controller itself knows about the run. It counts as observed by the controller
 * only if the controller itself saw the source's revision and found the claimed base in the image; otherwise it is only as
 * trustworthy as the agent. Refuses claims that the registry contradicts, and members that an agent must not write.
 */
public final class ControllerProvenance {
    /** The largest description of a build that an agent may give, in bytes. */
    static final int MAX_CLAIM_BYTES = 1024 * 1024;

    /** The members of a job's request for a build, as {@code BuildProvenance.parameters} writes it. */
    static final Set<String> PARAMETERS = Set.of(
            "files",
            "entrypoint",
            "command",
            "environment",
            "labels",
            "user",
            "ports",
            "volumes",
            "workingDirectory",
            "platforms",
            "created");

    /** The members of a build's own description, as {@code BuildProvenance.environment} writes it. */
    static final Set<String> SURROUNDINGS = Set.of("layers", "platforms");

    private ControllerProvenance() {}

    /**
     * Makes the statement. A claimed base is compared with the image's layers, read through the controller's own stores;
     * refuses a claim that they contradict.
     */
    public static Statement of(RunOrigin origin, BuildClaim claim, ImageStores stores)
            throws AirworthyException, InterruptedException {
        if (origin.controllerUrl().isBlank()) {
            throw new InvalidInputException(
                    "this Jenkins has no URL, so the provenance of " + claim.reference()
                            + " could not name its builder: an administrator can set the Jenkins URL under Manage Jenkins, System");
        }
        requireOnly(claim.parameters(), PARAMETERS, "parameters");
        requireOnly(claim.environment(), SURROUNDINGS, "layers");
        Optional<String> unchecked = BaseCheck.unchecked(claim, stores);
        Provenance provenance = Provenance.of(
                Provenance.JENKINS_BUILD,
                origin.controllerUrl(),
                origin.source()
                        .definition()
                        .map(own -> new Provenance.Source(own.repository(), own.ref(), own.commit())),
                claim.base(),
                dependencies(origin.source()),
                Optional.of(origin.controllerUrl() + origin.path()),
                claim.startedAt(),
                claim.finishedAt());
        return new Statement(
                new Subject(Optional.of(claim.reference().repository()), claim.digest()),
                Optional.of(new Observation(observer(origin, unchecked), claim.finishedAt())),
                PredicateTypes.PROVENANCE,
                provenance.toPredicate(parameters(origin, claim), environment(origin, claim, unchecked)));
    }

    /** The least trusted observer of the statement's content. */
    private static Observer observer(RunOrigin origin, Optional<String> unchecked) {
        boolean sourceSeen = origin.source()
                .definition()
                .map(source -> source.observer() == Observer.CONTROLLER)
                .orElse(false);
        return sourceSeen && unchecked.isEmpty() ? Observer.CONTROLLER : Observer.BUILD_AGENT;
    }

    private static ObjectNode parameters(RunOrigin origin, BuildClaim claim) {
        ObjectNode json = claim.parameters().deepCopy();
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

    private static ObjectNode environment(RunOrigin origin, BuildClaim claim, Optional<String> unchecked) {
        ObjectNode json = claim.environment().deepCopy();
        ObjectNode run = json.putObject("run");
        run.put("number", origin.number());
        run.put("agent", AirworthyException.oneLine(claim.node()));
        origin.kinds().stream().map(Enum::name).sorted().forEach(run.putArray("kinds")::add);
        origin.startedBy().stream().map(Starter::toJson).forEach(run.putArray("startedBy")::add);
        origin.causes().forEach(run.putArray("causes")::add);
        if (origin.source().leftOut() > 0) {
            run.put("checkoutsLeftOut", origin.source().leftOut());
        }
        origin.source().doubt().ifPresent(doubt -> run.put("sourceUnknown", doubt));
        unchecked.ifPresent(reason -> run.put("baseUnchecked", reason));
        return json;
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

    private static void requireOnly(ObjectNode said, Set<String> allowed, String what) throws InvalidInputException {
        for (Map.Entry<String, ?> member : said.properties()) {
            if (!allowed.contains(member.getKey())) {
                throw new InvalidInputException("the agent's description of the build's " + what + " has the member '"
                        + member.getKey() + "', which an agent may not set");
            }
        }
        if (StrictJson.write(said).length > MAX_CLAIM_BYTES) {
            throw new InvalidInputException("the agent's description of the build's " + what
                    + " is larger than the allowed " + MAX_CLAIM_BYTES + " bytes");
        }
    }
}
