package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.evidence.Provenance;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.manifest.FoundBase;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a rule may look at.
 *
 * @param asked the digest that was asked for
 * @param image the image to judge; absent for a rule about the digest asked for
 * @param captures what the policy's {@code from} pattern bound
 * @param evidence about the digest asked for and about its children
 * @param bases what is stored under the bases that provenance names
 * @param waivers of the policy that are written for this image's name, expired ones too
 */
public record Case(
        ImageReference name,
        Optional<ImageReference> target,
        Digest asked,
        Optional<PlatformImage> image,
        Map<String, String> captures,
        List<VerifiedEvidence> evidence,
        Map<Provenance.Base, FoundBase> bases,
        List<Waiver> waivers,
        Instant now) {
    public Case {
        captures = Map.copyOf(captures);
        evidence = List.copyOf(evidence);
        bases = Map.copyOf(bases);
        waivers = List.copyOf(waivers);
    }

    /** The same case for one of the images that could run. */
    public Case of(PlatformImage one) {
        return new Case(name, target, asked, Optional.of(one), captures, evidence, bases, waivers, now);
    }

    /** What the rule's statements must be about. */
    Digest digest() {
        return image.map(PlatformImage::digest).orElse(asked);
    }

    /** The image to judge; only rules with {@link Scope#EACH_PLATFORM} ask. */
    PlatformImage platformImage() {
        return image.orElseThrow(() -> new IllegalStateException("a rule for each platform was asked without one"));
    }
}
