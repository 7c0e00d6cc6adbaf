package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.util.List;

/**
 * What a reference named at the moment it was asked; from here on only digests are used.
 *
 * @param asked the reference as it was given
 * @param descriptor of the manifest it named
 * @param platforms every image that would run, in the index's order
 * @param problems why this is not an image all of whose parts can be judged; empty when it is one
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
     * Refuses an image with a part that cannot be judged: what is said of the rest would look like said of all.
     *
     * @param done what is to be done with it, for example {@code tested}
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

    public Digest digest() {
        return descriptor.digest();
    }

    /** Where it is, by digest alone. */
    public ImageReference pinned() {
        return asked.at(digest());
    }
}
