package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.evidence.RecordedStatement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.manifest.FoundBase;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An image to be judged, with everything that was read about it. Nothing is fetched while judging.
 *
 * @param image the requested reference
 * @param target the target of a promotion; empty when the image is only verified
 * @param digest the digest that {@code image} was resolved to, once
 * @param platforms every image that could run: the requested one, or each child of an index
 * @param unsignedAttestations see {@link ResolvedImage#unsignedAttestations}
 * @param problems reasons why an image or its evidence could not be understood completely, or may not go to the target; each of
 *     them refuses the image
 * @param evidence verified evidence about {@code digest} and about the digests of {@code platforms}
 * @param unread recorded statements about these digests that are not among the evidence
 * @param bases what was read of the bases that {@link Policy#basesToRead} returned
 */
public record Candidate(
        ImageReference image,
        Optional<ImageReference> target,
        Digest digest,
        List<PlatformImage> platforms,
        List<Digest> unsignedAttestations,
        List<String> problems,
        List<VerifiedEvidence> evidence,
        List<RecordedStatement> unread,
        Map<Provenance.Base, FoundBase> bases) {
    public Candidate {
        platforms = List.copyOf(platforms);
        unsignedAttestations = List.copyOf(unsignedAttestations);
        problems = List.copyOf(problems);
        evidence = List.copyOf(evidence);
        unread = List.copyOf(unread);
        bases = Map.copyOf(bases);
    }

    /** Creates a candidate without unsigned attestations. */
    public Candidate(
            ImageReference image,
            Optional<ImageReference> target,
            Digest digest,
            List<PlatformImage> platforms,
            List<String> problems,
            List<VerifiedEvidence> evidence,
            List<RecordedStatement> unread,
            Map<Provenance.Base, FoundBase> bases) {
        this(image, target, digest, platforms, List.of(), problems, evidence, unread, bases);
    }

    /** Creates a candidate from a resolved image and its evidence, without bases. */
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
                image.asked(),
                target,
                image.digest(),
                image.platforms(),
                image.unsignedAttestations(),
                problems,
                evidence,
                unread,
                Map.of());
    }

    /** Returns this candidate with the bases that were read. */
    public Candidate withBases(Map<Provenance.Base, FoundBase> read) {
        return new Candidate(image, target, digest, platforms, unsignedAttestations, problems, evidence, unread, read);
    }

    /** Returns this candidate without some of its evidence. */
    public Candidate without(Set<VerifiedEvidence> disbelieved) {
        List<VerifiedEvidence> rest =
                evidence.stream().filter(each -> !disbelieved.contains(each)).toList();
        return new Candidate(image, target, digest, platforms, unsignedAttestations, problems, rest, unread, bases);
    }
}
