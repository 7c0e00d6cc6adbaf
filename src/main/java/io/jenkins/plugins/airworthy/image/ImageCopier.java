package io.jenkins.plugins.airworthy.image;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;

import java.util.List;

/**
 * Copies one image by digest, with the evidence that is named and nothing else, byte for byte. Blobs come first, then
 * manifests, children before what names them. No tag is touched: {@link ImageStore#tag} is the caller's last act, so an
 * end at any point leaves what the target's tags stood for.
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
        CopyPlan plan = CopyPlan.of(from, image, evidence);
        List<BlobMover.Moved> blobs;
        try (Progress.Task task = progress.begin("copy " + from.location().at(image), plan.blobBytes())) {
            blobs = new BlobMover(from, to, task).move(plan.blobs());
        }
        for (Manifest manifest : plan.manifests()) {
            to.putManifest(manifest);
        }
        return new CopyResult(
                plan.image(),
                plan.manifests().size(),
                count(blobs, BlobMover.Way.MOVED),
                count(blobs, BlobMover.Way.MOUNTED),
                count(blobs, BlobMover.Way.SKIPPED),
                blobs.stream()
                        .filter(b -> b.way() == BlobMover.Way.MOVED)
                        .mapToLong(b -> b.blob().size())
                        .sum());
    }

    /** Copies blobs alone, for an image that is put together at the target. */
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
