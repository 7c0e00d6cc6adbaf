package io.jenkins.plugins.airworthy.jenkins.ui.run;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.jenkins.config.ledger.SignatureLog;

import java.time.Instant;

/**
 * A form's declaration that a statement of this controller no longer counts as missing. Refuses a statement that is not in the
 * record, and a declaration without a reason: the record keeps who made it and why.
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
            throw new InvalidInputException("this controller did not sign a statement " + payload + " about " + image
                    + ", or it is forgotten already: take both digests from the item 'evidence' of the verdict");
        }
        record.pruned(new SignatureLog.Pruned(now, image, payload, by, reason));
    }
}
