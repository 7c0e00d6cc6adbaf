package io.jenkins.plugins.airworthy.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.time.Instant;
import java.util.Optional;

/**
 * Who saw what a statement says, and when, by the signer's own clock. It is written into the annotations of the
 * statement's subject (in-toto's ResourceDescriptor), the one place that every predicate type has and that leaves each
 * predicate exactly as its own specification wants it. A statement of another maker has no such annotations.
 */
public record Observation(Observer observer, Instant at) {
    /** The annotation that holds the {@link Observer}. */
    public static final String OBSERVER = "io.jenkins.plugins.airworthy/observer";

    /** The annotation that holds the time, RFC 3339 in UTC. */
    public static final String OBSERVED_AT = "io.jenkins.plugins.airworthy/observedAt";

    /** Reads it; empty where there is neither part of it. */
    public static Optional<Observation> of(JsonObject annotations) throws InvalidInputException {
        if (!annotations.has(OBSERVER) && !annotations.has(OBSERVED_AT)) {
            return Optional.empty();
        }
        String word = annotations.string(OBSERVER);
        Observer observer =
                Observer.of(word).orElseThrow(() -> annotations.error(OBSERVER, "unknown observer '" + word + "'"));
        return Optional.of(new Observation(observer, annotations.instant(OBSERVED_AT)));
    }

    /** Writes it where {@link #of} reads it. */
    public void writeTo(ObjectNode annotations) {
        annotations.put(OBSERVER, observer.toString()).put(OBSERVED_AT, at.toString());
    }
}
