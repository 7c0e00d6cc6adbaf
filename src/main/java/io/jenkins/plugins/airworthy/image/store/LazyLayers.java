package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;

/**
 * Detects layers that some engines mount without unpacking, by a table of contents whose digest is in the manifest
 * (eStargz, zstd:chunked, Nydus, OverlayBD). Such a table can list other files than the tested and scanned archive, so
 * tests and scans refuse these layers.
 */
public final class LazyLayers {
    /** Annotations of a layer for a snapshotter of containerd, and for containers/storage (Podman, CRI-O). */
    private static final String[] TABLES = {"containerd.io/snapshot/", "io.github.containers.zstd-chunked."};

    private LazyLayers() {}

    /**
     * Refuses an image with such a layer.
     *
     * @param what names the image in errors
     */
    public static void requireNone(ImageManifest manifest, String what) throws InvalidInputException {
        for (Descriptor layer : manifest.layers()) {
            for (String annotation : layer.annotations().keySet()) {
                for (String table : TABLES) {
                    if (annotation.startsWith(table)) {
                        throw new InvalidInputException(what + ": layer " + layer.digest() + " has the annotation '"
                                + annotation + "', by which some engines show the files of a table of contents instead"
                                + " of those of the layer: build the image with plain gzip layers (not eStargz or"
                                + " zstd:chunked)");
                    }
                }
            }
        }
    }
}
