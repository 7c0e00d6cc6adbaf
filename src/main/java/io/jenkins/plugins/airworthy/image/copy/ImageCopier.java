package io.jenkins.plugins.airworthy.image.copy;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.EvidenceTag;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.LayersTag;

import java.util.List;

/**
 * Copies one image by digest, with only the given evidence, byte for byte. Blobs are copied first, then
 * manifests, children before parents, then the evidence at tags. No other tag is changed:
 * {@link ImageStore#tag} is the caller's last step, so a failure at any point leaves the tags of the target's images
 * unchanged.
 */
public final class ImageCopier {
    private final Progress progress;

    public ImageCopier(Progress progress) {
        this.progress = progress;
    }

    /**
     * Copies the image and its evidence.
     *
     * @param evidence manifests whose subject is the image, one of its children, or evidence before it in the list
     */
    public CopyResult copy(ImageStore from, Digest image, List<Digest> evidence, ImageStore to)
            throws AirworthyException, InterruptedException {
        return copy(from, image, evidence, List.of(), to);
    }

    /**
     * Copies the image and its evidence, including evidence at tags: only the given layers of such a tag are copied, in a new
     * manifest, and added to the layers that the target has at the tag.
     *
     * @param evidence manifests whose subject is the image, one of its children, or evidence before it in the list, or that
     *     {@code tags} say to be about one of these
     */
    public CopyResult copy(ImageStore from, Digest image, List<Digest> evidence, List<EvidenceTag> tags, ImageStore to)
            throws AirworthyException, InterruptedException {
        CopyPlan plan = CopyPlan.of(from, image, evidence, tags);
        List<BlobMover.Moved> blobs;
        try (Progress.Task task = progress.begin("copy " + from.location().at(image), plan.blobBytes())) {
            blobs = new BlobMover(from, to, task).move(plan.blobs());
        }
        to.putManifests(plan.manifests());
        for (CopyPlan.Tagged place : plan.tagged()) {
            LayersTag.add(to, place.tag(), place.layers());
        }
        return new CopyResult(
                plan.image(),
                plan.manifests().size() + plan.tagged().size(),
                count(blobs, BlobMover.Way.MOVED),
                count(blobs, BlobMover.Way.MOUNTED),
                count(blobs, BlobMover.Way.SKIPPED),
                blobs.stream()
                        .filter(b -> b.way() == BlobMover.Way.MOVED)
                        .mapToLong(b -> b.blob().size())
                        .sum());
    }

    /** Copies only blobs, for an image that is assembled at the target. */
    public void copyBlobs(ImageStore from, List<Descriptor> blobs, ImageStore to)
            throws AirworthyException, InterruptedException {
        long bytes = blobs.stream().mapToLong(Descriptor::size).sum();
        try (Progress.Task task = progress.begin("copy layers of " + from.location(), bytes)) {
            new BlobMover(from, to, task).move(blobs);
        }
    }

    private static int count(List<BlobMover.Moved> blobs, BlobMover.Way way) {
        return (int) blobs.stream().filter(b -> b.way() == way).count();
    }
}
