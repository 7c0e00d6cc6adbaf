package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.evidence.provenance.Provenance;
import io.jenkins.plugins.airworthy.image.manifest.FoundBase;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.waiver.Waiver;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a rule may look at.
 *
 * @param asked the requested digest
 * @param image the image to judge; empty for a rule about the requested digest
 * @param captures the captures of the policy's {@code from} pattern
 * @param evidence verified evidence about the requested digest and its children
 * @param bases what was read of the bases that provenance names
 * @param platforms of all images that could run
 * @param unsignedAttestations manifests in the index that contain statements which nobody signed
 * @param waivers the policy's waivers for this image's name, including expired ones
 */
public record RuleInput(
        ImageReference name,
        Optional<ImageReference> target,
        Digest asked,
        Optional<PlatformImage> image,
        Map<String, String> captures,
        List<VerifiedEvidence> evidence,
        Map<Provenance.Base, FoundBase> bases,
        List<Platform> platforms,
        List<Digest> unsignedAttestations,
        List<Waiver> waivers,
        Instant now) {
    public RuleInput {
        captures = Map.copyOf(captures);
        evidence = List.copyOf(evidence);
        bases = Map.copyOf(bases);
        platforms = List.copyOf(platforms);
        unsignedAttestations = List.copyOf(unsignedAttestations);
        waivers = List.copyOf(waivers);
    }

    /** Returns this case for one of the images that could run. */
    public RuleInput of(PlatformImage one) {
        return new RuleInput(
                name,
                target,
                asked,
                Optional.of(one),
                captures,
                evidence,
                bases,
                platforms,
                unsignedAttestations,
                waivers,
                now);
    }

    /** The digest that the rule's statements must be about. */
    public Digest digest() {
        return image.map(PlatformImage::digest).orElse(asked);
    }

    /** The image to judge; only for rules with {@link Scope#EACH_PLATFORM}. */
    public PlatformImage platformImage() {
        return image.orElseThrow(() -> new IllegalStateException("a rule for each platform was asked without one"));
    }
}
