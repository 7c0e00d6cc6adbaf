package io.jenkins.plugins.airworthy.policy.waiver;

import io.jenkins.plugins.airworthy.evidence.sbom.PackageName;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a statement of an OpenVEX document says of one vulnerability in one product, or one of its components.
 *
 * @param place the statement in the document
 * @param said what the claim is about, as written, for people
 * @param ids the vulnerability's names in lower case, aliases too
 * @param image the image's repository; empty if the claim names none
 * @param component the package; empty if the claim names none
 */
record VexClaim(
        String place,
        String said,
        Instant time,
        String status,
        Set<String> ids,
        Optional<String> image,
        Optional<PackageName> component) {
    VexClaim {
        ids = Set.copyOf(ids);
    }

    /** Whether the claim is that a scanner's finding does not apply. */
    boolean clears() {
        return status.equals(OpenVex.NOT_AFFECTED) || status.equals(OpenVex.FIXED);
    }

    /** Whether another claim may be about the same. What is not named, or cannot be read, may be anything. */
    boolean overlaps(VexClaim other) {
        return ids.stream().anyMatch(other.ids::contains)
                && (image.isEmpty() || other.image.isEmpty() || image.equals(other.image))
                && (component.isEmpty()
                        || other.component.isEmpty()
                        || component.get().covers(other.component.get())
                        || other.component.get().covers(component.get()));
    }
}
