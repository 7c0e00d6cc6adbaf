package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.util.List;

/**
 * The signatures that one call made about an image.
 *
 * @param image where it is, by digest
 * @param signatures in the order they were attached
 */
public record SignedImage(ImageReference image, Digest digest, List<SignatureEntry> signatures) {
    public SignedImage {
        signatures = List.copyOf(signatures);
    }
}
