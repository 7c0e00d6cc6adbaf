package io.jenkins.plugins.airworthy.image.copy;

import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

/**
 * The result of a copy.
 *
 * @param manifest the image's manifest at the target; pass it to {@link ImageStore#tag} to publish it
 * @param manifests number of manifests written, including evidence
 * @param moved number of blobs transferred through this process
 * @param mounted number of blobs that the registry took from another of its repositories
 * @param skipped number of blobs that the target had already
 * @param movedBytes total size of the transferred blobs, in bytes
 */
public record CopyResult(Manifest manifest, int manifests, int moved, int mounted, int skipped, long movedBytes) {
    /** Returns a summary for people, on one line. */
    public String counts() {
        return Count.of(manifests, "manifest") + ", " + Count.of(moved, "blob") + " moved, " + mounted + " mounted, "
                + skipped + " there already";
    }
}
