package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.IndexManifest;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The image that a reference pointed at when it was resolved; from here on only digests are used.
 *
 * @param asked the requested reference
 * @param descriptor the descriptor of the manifest
 * @param platforms every image that could run, in the index's order
 * @param problems the parts of the image that cannot be judged; empty if there are none
 */
public record ResolvedImage(
        ImageReference asked,
        Descriptor descriptor,
        Manifest manifest,
        List<PlatformImage> platforms,
        List<String> problems) {
    private static final int MAX_OBSTACLES = 20;

    public ResolvedImage {
        platforms = List.copyOf(platforms);
        problems = List.copyOf(problems);
    }

    /**
     * Refuses an image with a part that cannot be judged, since a result about the rest would look complete.
     *
     * @param done the intended action, for errors, for example {@code tested}
     */
    public void requireWhole(String done) throws UndecidedException {
        if (!problems.isEmpty() || platforms.isEmpty()) {
            throw new UndecidedException(pinned() + " cannot be " + done + " as a whole: "
                    + (problems.isEmpty() ? "it names no image" : String.join("; ", problems)));
        }
    }

    /** Why it cannot be copied to another place, though it can be judged; empty when nothing is known that is in the way. */
    public List<String> obstacles() {
        return platforms.stream()
                .flatMap(platform -> platform.manifest().layers().stream()
                        .filter(layer -> MediaTypes.isForeign(layer.mediaType()))
                        .map(layer -> "the layer " + layer.digest() + " of " + platform.platform()
                                + " may not be distributed ('" + layer.mediaType()
                                + "') and cannot be copied to a target; build the image without it"))
                .distinct()
                .limit(MAX_OBSTACLES)
                .toList();
    }

    /**
     * The manifests in the index that no engine runs and that contain statements, as BuildKit adds them. Nobody signed them, and they
     * are copied with the index.
     */
    public List<Digest> unsignedAttestations() {
        if (!(manifest instanceof IndexManifest index)) {
            return List.of();
        }
        Set<Digest> images = platforms.stream().map(PlatformImage::digest).collect(Collectors.toSet());
        return index.manifests().stream()
                .map(Descriptor::digest)
                .filter(digest -> !images.contains(digest))
                .distinct()
                .toList();
    }

    public Digest digest() {
        return descriptor.digest();
    }

    /** Where it is, by digest alone. */
    public ImageReference pinned() {
        return asked.at(digest());
    }
}
