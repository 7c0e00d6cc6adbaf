package io.jenkins.plugins.airworthy.image.copy;

import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

/**
 * What a copy did.
 *
 * @param manifest of the image as it is at the target now; give it to {@link ImageStore#tag} to publish it
 * @param manifests how many were written, evidence included
 * @param moved how many blobs went through this process
 * @param mounted how many blobs the registry took from another of its repositories
 * @param skipped how many blobs the target had already
 * @param movedBytes the sizes of the moved blobs together
 */
public record CopyResult(Manifest manifest, int manifests, int moved, int mounted, int skipped, long movedBytes) {
    /** For people, in one line. */
    public String counts() {
        return manifests + " manifests, " + moved + " blobs moved, " + mounted + " mounted, " + skipped
                + " there already";
    }
}
