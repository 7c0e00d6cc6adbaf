package io.jenkins.plugins.airworthy.jenkins.run.provenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;

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
        RunFacts facts = RunFacts.of(origin, claim.reference());
        requireOnly(claim.parameters(), PARAMETERS, "parameters");
        requireOnly(claim.environment(), SURROUNDINGS, "layers");
        Optional<String> unchecked = BaseCheck.unchecked(claim, stores);
        Provenance provenance =
                facts.provenance(Provenance.JENKINS_BUILD, claim.base(), claim.startedAt(), claim.finishedAt());
        ObjectNode environment = facts.environment(claim.environment(), claim.node(), origin.kinds());
        unchecked.ifPresent(reason -> RunFacts.baseUnchecked(environment, reason));
        return new Statement(
                new Subject(Optional.of(claim.reference().repository()), claim.digest()),
                Optional.of(new Observation(observer(origin, unchecked), claim.finishedAt())),
                PredicateTypes.PROVENANCE,
                provenance.toPredicate(facts.parameters(claim.parameters()), environment));
    }

    /** The least trusted observer of the statement's content. */
    private static Observer observer(RunOrigin origin, Optional<String> unchecked) {
        boolean sourceSeen = origin.source()
                .definition()
                .map(source -> source.observer() == Observer.CONTROLLER)
                .orElse(false);
        return sourceSeen && unchecked.isEmpty() ? Observer.CONTROLLER : Observer.BUILD_AGENT;
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
