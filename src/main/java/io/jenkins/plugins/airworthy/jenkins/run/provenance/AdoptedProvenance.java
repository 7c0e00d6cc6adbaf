package io.jenkins.plugins.airworthy.jenkins.run.provenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.build.adopt.AdoptedImage;
import io.jenkins.plugins.airworthy.evidence.Observation;
import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.evidence.PredicateTypes;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.Subject;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.jenkins.config.scope.RunKind;
import io.jenkins.plugins.airworthy.jenkins.run.origin.RunOrigin;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the provenance of an image that a run adopted: who adopted it, and when, and of which source the run is. It says nothing about
 * how the image was built, since the controller did not see that. So it counts as observed by the agent, always: that there was
 * nothing to doubt does not mean that the controller saw it.
 */
public final class AdoptedProvenance {
    private AdoptedProvenance() {}

    /**
     * Makes the statement. A base that the image's annotations claim is compared with its layers; refuses an image whose layers
     * contradict its annotations.
     *
     * @param file the builder's output, as the job named it
     * @param node the name of the agent that read it
     */
    public static Statement of(
            RunOrigin origin, AdoptedImage adopted, String file, String node, AdoptionWindow window, ImageStores stores)
            throws AirworthyException, InterruptedException {
        RunFacts facts = RunFacts.of(origin, adopted.reference());
        Set<RunKind> kinds = EnumSet.of(RunKind.ADOPTED);
        kinds.addAll(origin.kinds());
        ObjectNode environment = facts.environment(window.toJson(), node, kinds);
        AnnotatedBase annotated = AnnotatedBase.of(adopted.image());
        Optional<String> unchecked = annotated.base().isEmpty()
                ? annotated.doubt()
                : BaseCheck.unchecked(
                        annotated.base().get(), adopted.image(), "its annotations say that it was put on ", stores);
        unchecked.ifPresent(reason -> RunFacts.baseUnchecked(environment, reason));
        Provenance provenance = facts.provenance(
                Provenance.JENKINS_ADOPTED,
                unchecked.isEmpty() ? annotated.base() : Optional.empty(),
                window.from(),
                window.to());
        return new Statement(
                new Subject(Optional.of(adopted.reference().repository()), adopted.digest()),
                Optional.of(new Observation(Observer.BUILD_AGENT, window.to())),
                PredicateTypes.PROVENANCE,
                provenance.toPredicate(facts.parameters(adopted.parameters(file)), environment, adopted.byproducts()));
    }
}
