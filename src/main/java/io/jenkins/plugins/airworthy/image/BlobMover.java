package io.jenkins.plugins.airworthy.image;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Brings blobs from one store to another, a few at a time and each in constant memory. The first failure, or an
 * interrupt, ends all of them.
 */
final class BlobMover {
    /** How many blobs are under way at once. */
    static final int PARALLEL = 4;

    /** How long blobs under way may take to end when they are told to. */
    private static final long ENDING_SECONDS = 30;

    private final ImageStore from;
    private final ImageStore to;
    private final Progress.Task progress;

    BlobMover(ImageStore from, ImageStore to, Progress.Task progress) {
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /** What became of each blob, in no order. */
    List<Moved> move(List<Descriptor> blobs) throws AirworthyException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(PARALLEL, blobs.size())), work -> {
            Thread thread = new Thread(work, "airworthy-copy");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<Moved> ends = new ExecutorCompletionService<>(threads);
            blobs.forEach(blob -> ends.submit(task(blob)));
            List<Moved> moved = new ArrayList<>();
            while (moved.size() < blobs.size()) {
                moved.add(ends.take().get());
            }
            return moved;
        } catch (ExecutionException e) {
            throw unwrap(e);
        } finally {
            end(threads);
        }
    }

    private Callable<Moved> task(Descriptor blob) {
        return () -> move(blob);
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

    /** Nothing is written any more after this returns, unless a store does not heed interrupts. */
    private static void end(ExecutorService threads) throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(ENDING_SECONDS, TimeUnit.SECONDS);
    }

    private static AirworthyException unwrap(ExecutionException e) throws InterruptedException {
        if (e.getCause() instanceof AirworthyException known) {
            return known;
        }
        if (e.getCause() instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (e.getCause() instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        if (e.getCause() instanceof Error broken) {
            throw broken; // above all a want of memory, which is told as such
        }
        throw new IllegalStateException("copying a blob ended unexpectedly", e.getCause());
    }

    /** How a blob came to be at the target. */
    enum Way {
        MOVED,
        MOUNTED,
        SKIPPED
    }

    record Moved(Descriptor blob, Way way) {}
}
