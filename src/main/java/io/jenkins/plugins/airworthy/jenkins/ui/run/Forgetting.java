package io.jenkins.plugins.airworthy.jenkins.ui.run;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.key.SignatureLog;

import java.time.Instant;

/**
 * That a statement which this controller signed shall not be missed any more, as a form was filled in. Refuses one that the record
 * does not hold, and to say so without a reason: the record keeps who did it and why.
 */
public record Forgetting(Digest image, Digest payload, String reason) {
    private static final int MAX_REASON = 1_000;

    public static Forgetting of(String image, String payload, String reason) throws InvalidInputException {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw new InvalidInputException(
                    "a reason of 1 to " + MAX_REASON + " characters is needed: the record keeps it");
        }
        return new Forgetting(Digest.parse(image.strip()), Digest.parse(payload.strip()), reason.strip());
    }

    public void writeTo(SignatureLog record, String by, Instant now) throws AirworthyException {
        if (record.about(image).stream().noneMatch(entry -> entry.payload().equals(payload))) {
            throw new InvalidInputException("this controller signed no statement " + payload + " about " + image
                    + ", or it is forgotten already: take both digests from the item 'evidence' of the verdict");
        }
        record.pruned(new SignatureLog.Pruned(now, image, payload, by, reason));
    }
}
