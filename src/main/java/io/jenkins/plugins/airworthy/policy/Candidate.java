package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.evidence.Provenance;
import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.FoundBase;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image that asks to be judged, with everything that was read about it. Nothing is fetched while judging.
 *
 * @param image as it was asked for
 * @param target where it would go; absent when it is only verified
 * @param digest what {@code image} was resolved to, once
 * @param platforms every image that could run: the one asked for, or each child of an index
 * @param problems what kept an image or its evidence from being understood in whole, or the image from going to the target; each
 *     refuses the image
 * @param evidence whose signatures were verified, about {@code digest} and about the digests of {@code platforms}
 * @param unread what somebody who keeps a record knows to have been signed about these digests, and is not among the evidence
 * @param bases what was read under the bases that {@link Policy#basesToRead} named
 */
public record Candidate(
        ImageReference image,
        Optional<ImageReference> target,
        Digest digest,
        List<PlatformImage> platforms,
        List<String> problems,
        List<VerifiedEvidence> evidence,
        List<RecordedStatement> unread,
        Map<Provenance.Base, FoundBase> bases) {
    public Candidate {
        platforms = List.copyOf(platforms);
        problems = List.copyOf(problems);
        evidence = List.copyOf(evidence);
        unread = List.copyOf(unread);
        bases = Map.copyOf(bases);
    }

    /** What was resolved, with the evidence on it and no bases yet. */
    public static Candidate of(
            ResolvedImage image,
            Optional<ImageReference> target,
            List<VerifiedEvidence> evidence,
            List<RecordedStatement> unread) {
        List<String> problems = new ArrayList<>(image.problems());
        if (target.isPresent()) {
            problems.addAll(image.obstacles());
        }
        return new Candidate(
                image.asked(), target, image.digest(), image.platforms(), problems, evidence, unread, Map.of());
    }

    /** The same candidate once the bases were read. */
    public Candidate withBases(Map<Provenance.Base, FoundBase> read) {
        return new Candidate(image, target, digest, platforms, problems, evidence, unread, read);
    }
}
