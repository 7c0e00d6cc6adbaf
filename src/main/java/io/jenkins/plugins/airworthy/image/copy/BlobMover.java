package io.jenkins.plugins.airworthy.image.copy;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.InParallel;

import java.util.List;

/** Copies blobs from one store to another, a few at a time and each in constant memory. */
final class BlobMover {
    /** Maximum number of concurrent transfers. */
    static final int PARALLEL = 4;

    private final ImageStore from;
    private final ImageStore to;
    private final Progress.Task progress;

    BlobMover(ImageStore from, ImageStore to, Progress.Task progress) {
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /** The results for all blobs. */
    List<Moved> move(List<Descriptor> blobs) throws AirworthyException, InterruptedException {
        return new InParallel("airworthy-copy", PARALLEL).map(blobs, this::move);
    }

    private Moved move(Descriptor blob) throws AirworthyException, InterruptedException {
        boolean there = to.hasBlob(blob.digest());
        if (there || to.mountBlob(blob, from)) {
            progress.advance(blob.size());
            return new Moved(blob, there ? Way.SKIPPED : Way.MOUNTED);
        }
        to.putBlob(blob, new CountedBlob(() -> from.openBlob(blob), progress));
        return new Moved(blob, Way.MOVED);
    }

    /** How a blob got to the target. */
    enum Way {
        MOVED,
        MOUNTED,
        SKIPPED
    }

    record Moved(Descriptor blob, Way way) {}
}
