package io.jenkins.plugins.airworthy.jenkins.run.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Decision;
import io.jenkins.plugins.airworthy.policy.Verdict;

import java.time.Instant;
import java.util.Optional;

/**
 * A verdict as a run keeps it.
 *
 * @param json the verdict as {@link Verdict#toJson} writes it
 * @param promotedTo where the image is now, by tag and digest; absent if it was not promoted
 */
public record RecordedVerdict(
        ImageReference image,
        Digest digest,
        Optional<ImageReference> target,
        Decision decision,
        ObjectNode json,
        Instant at,
        Optional<ImageReference> promotedTo) {
    public RecordedVerdict {
        json = json.deepCopy();
    }

    /** A verdict that was just reached. */
    public static RecordedVerdict of(Verdict verdict, Optional<ImageReference> promotedTo) {
        return new RecordedVerdict(
                verdict.image(),
                verdict.digest(),
                verdict.target(),
                verdict.decision(),
                verdict.toJson(),
                verdict.evaluatedAt(),
                promotedTo);
    }
}
