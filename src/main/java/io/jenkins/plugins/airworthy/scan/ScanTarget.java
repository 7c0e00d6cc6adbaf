package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.ImageManifest;
import io.jenkins.plugins.airworthy.image.ImageReference;
import io.jenkins.plugins.airworthy.image.ResolvedImage;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One image to scan: a manifest, never an index.
 *
 * @param reference where it is, by digest
 * @param diffIds what its config calls its layers: the digests of their uncompressed bytes, as far as that is true
 * @param names digests by which a report may call it: its own and that of the index that leads to it
 */
record ScanTarget(ImageReference reference, ImageManifest manifest, List<Digest> diffIds, Set<Digest> names) {
    ScanTarget {
        diffIds = List.copyOf(diffIds);
        names = Set.copyOf(names);
    }

    /**
     * The images behind a reference, one for each platform.
     *
     * @throws UndecidedException when any part of it is no image: a scan of the rest would look like a scan of all
     */
    static List<ScanTarget> of(ResolvedImage image) throws UndecidedException {
        if (!image.problems().isEmpty() || image.platforms().isEmpty()) {
            throw new UndecidedException(image.pinned() + " cannot be scanned as a whole: "
                    + (image.problems().isEmpty() ? "it names no image" : String.join("; ", image.problems())));
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

    /** Digest of the image's config, which scanners call the image's id. */
    Digest config() {
        return manifest.config().digest();
    }
}
