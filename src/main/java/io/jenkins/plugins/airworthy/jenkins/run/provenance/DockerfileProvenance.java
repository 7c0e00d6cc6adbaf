package io.jenkins.plugins.airworthy.jenkins.run.provenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.build.dockerfile.DockerfileBuild;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.gate.BaseReader;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;

import java.util.Optional;

/**
 * Makes the provenance of an image that a builder on an agent made from a Dockerfile: of what the controller knows of the run, of the
 * Dockerfile and of its images. Lines of the Dockerfile ran on the agent, so it counts as observed by the agent, always: that there was
 * nothing to doubt does not mean that the controller saw it.
 */
public final class DockerfileProvenance {
    private DockerfileProvenance() {}

    /**
     * Makes the statement. The base is named only if the image begins with its layers.
     *
     * @param node the name of the agent
     */
    public static Statement of(RunOrigin origin, DockerfileBuild built, String node, ImageStores stores)
            throws AirworthyException, InterruptedException {
        RunFacts facts = RunFacts.of(origin, built.image().reference());
        ObjectNode environment = facts.environment(built.environment(), node, origin.kinds());
        Optional<Provenance.Base> claimed = built.claimedBase();
        Optional<String> doubt = claimed.isEmpty()
                ? Optional.empty()
                : new BaseReader(stores).doubt(claimed.get(), built.image().image());
        doubt.ifPresent(reason -> RunFacts.baseUnchecked(environment, reason));
        Optional<Provenance.Base> base = doubt.isEmpty() ? claimed : Optional.empty();
        Provenance provenance = facts.provenance(
                Provenance.JENKINS_DOCKERFILE, base, built.dependencies(base), built.startedAt(), built.finishedAt());
        return new Statement(
                new Subject(
                        Optional.of(built.image().reference().repository()),
                        built.image().digest()),
                Optional.of(new Observation(Observer.BUILD_AGENT, built.finishedAt())),
                PredicateTypes.PROVENANCE,
                provenance.toPredicate(
                        facts.parameters(built.parameters()),
                        environment,
                        built.image().byproducts()));
    }
}
