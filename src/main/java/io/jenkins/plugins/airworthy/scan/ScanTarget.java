package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.LazyLayers;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One image to scan: a manifest, never an index.
 *
 * @param reference its place, with its digest
 * @param diffIds the digests of the uncompressed layers as its config claims them; not verified here
 * @param names digests that a report may use as its name: its own and that of its index
 */
record ScanTarget(ImageReference reference, ImageManifest manifest, List<Digest> diffIds, Set<Digest> names) {
    ScanTarget {
        diffIds = List.copyOf(diffIds);
        names = Set.copyOf(names);
    }

    /**
     * Returns the images behind a reference, one for each platform.
     *
     * @throws AirworthyException if any part of it is not an image, or could show other files than the scanned ones
     */
    static List<ScanTarget> of(ResolvedImage image) throws AirworthyException {
        image.requireWhole("scanned");
        for (PlatformImage platform : image.platforms()) {
            LazyLayers.requireNone(
                    platform.manifest(), image.asked().at(platform.digest()).toString());
        }
        return image.platforms().stream()
                .map(platform -> new ScanTarget(
                        image.asked().at(platform.digest()),
                        platform.manifest(),
                        platform.config().diffIds(),
                        new HashSet<>(List.of(platform.digest(), image.digest()))))
                .toList();
    }

    Digest digest() {
        return manifest.digest();
    }

    /** Returns the digest of the image's config, which scanners call the image's id. */
    Digest config() {
        return manifest.config().digest();
    }
}
