package io.jenkins.plugins.airworthy.jenkins.run.provenance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.time.Instant;
import java.util.Optional;

/**
 * An agent's description of its build. The controller itself has found the digest at the reference; the rest is a claim.
 *
 * @param node the agent's name
 * @param base the reference the job asked for and the digest the agent says it had; absent for scratch
 * @param parameters what the job asked for, as {@code BuildProvenance.parameters} writes it
 * @param environment what the build says of its layers, as {@code BuildProvenance.environment} writes it
 */
public record BuildClaim(
        ImageReference reference,
        Digest digest,
        String node,
        Optional<Provenance.Base> base,
        ObjectNode parameters,
        ObjectNode environment,
        Instant startedAt,
        Instant finishedAt) {
    public BuildClaim {
        parameters = parameters.deepCopy();
        environment = environment.deepCopy();
    }
}
