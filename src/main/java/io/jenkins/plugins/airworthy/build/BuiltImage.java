package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.util.List;
import java.util.Optional;

/**
 * An image that was built and is in the target store.
 *
 * @param descriptor the top manifest: an image index if several platforms were requested
 * @param reference the target at the image's digest
 * @param platforms every platform's image, ordered by platform
 * @param base what the base's reference pointed at; empty for scratch
 * @param layers the layers made from the request's files, in the order of its copies
 */
public record BuiltImage(
        Descriptor descriptor,
        ImageReference reference,
        List<ForPlatform> platforms,
        Optional<Base> base,
        List<Layer> layers) {
    public BuiltImage {
        platforms = List.copyOf(platforms);
        layers = List.copyOf(layers);
    }

    /**
     * One platform's image.
     *
     * @param base the manifest of the base image whose layers come first; empty for scratch
     */
    public record ForPlatform(Platform platform, Descriptor manifest, Descriptor config, Optional<Digest> base) {}

    /** The requested reference, and the digest that it had when it was read. */
    public record Base(ImageReference reference, Digest digest) {}

    /**
     * A layer of the build's own.
     *
     * @param diffId the digest of the uncompressed archive, which the files alone determine
     */
    public record Layer(FileCopy copy, Descriptor descriptor, Digest diffId) {}
}
