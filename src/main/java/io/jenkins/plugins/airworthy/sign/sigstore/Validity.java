package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The period in which a key or an authority is trusted, both ends included. A start is required. */
record Validity(Instant start, Optional<Instant> end) {
    static Validity parse(JsonObject holder) throws InvalidInputException {
        JsonObject json = holder.object("validFor");
        json.allowOnly(Set.of("start", "end"));
        return new Validity(json.instant("start"), json.optionalInstant("end"));
    }

    boolean contains(Instant time) {
        return !time.isBefore(start) && end.filter(time::isAfter).isEmpty();
    }

    @Override
    public String toString() {
        return start + " to " + end.map(Instant::toString).orElse("now");
    }
}
