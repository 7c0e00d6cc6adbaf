package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.time.Instant;
import java.util.Optional;

/**
 * Which machine produced the content of a statement, and when, by the signer's clock. It is stored in the annotations of the
 * statement's subject (an in-toto
 * <a href="https://github.com/in-toto/attestation/blob/main/spec/v1/resource_descriptor.md">ResourceDescriptor</a>), the only place that
 * exists for every predicate type and does not change the predicate. Statements of other tools do not have these annotations.
 */
public record Observation(Observer observer, Instant at) {
    /** The annotation with the {@link Observer}. */
    public static final String OBSERVER = "io.jenkins.plugins.airworthy/observer";

    /** The annotation with the time, RFC 3339 in UTC. */
    public static final String OBSERVED_AT = "io.jenkins.plugins.airworthy/observedAt";

    /** Reads the annotations; empty if both are absent. */
    public static Optional<Observation> of(JsonObject annotations) throws InvalidInputException {
        if (!annotations.has(OBSERVER) && !annotations.has(OBSERVED_AT)) {
            return Optional.empty();
        }
        String word = annotations.string(OBSERVER);
        Observer observer =
                Observer.of(word).orElseThrow(() -> annotations.error(OBSERVER, "unknown observer '" + word + "'"));
        return Optional.of(new Observation(observer, annotations.instant(OBSERVED_AT)));
    }

    /** Writes the annotations that {@link #of} reads. */
    public void writeTo(ObjectNode annotations) {
        annotations.put(OBSERVER, observer.toString()).put(OBSERVED_AT, at.toString());
    }
}
