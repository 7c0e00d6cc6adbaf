package io.jenkins.plugins.airworthy.image.layout;

import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * An exclusive lock of a folder against other writers, in this process and in others. The operating system releases it
 * when a process dies. The wait is limited to {@link #PATIENCE}.
 */
public final class FolderLock implements AutoCloseable {
    /** Time limit for waiting for other writers. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final long RETRY_MILLIS = 5;
    private static final int QUEUE_COUNT = 64;
    /** The system's locks belong to the whole process, so its threads queue here; two folders may share a queue. */
    private static final ReentrantLock[] QUEUES =
            Stream.generate(() -> new ReentrantLock(true)).limit(QUEUE_COUNT).toArray(ReentrantLock[]::new);

    private final ReentrantLock queue;
    private final FileChannel file;

    /** The caller must have entered the queue. */
    private FolderLock(ReentrantLock queue, Path lockFile, FileAttribute<?>... attributes) throws IOException {
        this.queue = queue;
        this.file = FileChannel.open(
                lockFile,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                attributes);
    }

    /**
     * Waits until no other writer has the lock, and takes it.
     *
     * @param attributes of the file, if it is made
     */
    public static FolderLock take(Path lockFile, FileAttribute<?>... attributes)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        ReentrantLock queue = QUEUES[Math.floorMod(lockFile.hashCode(), QUEUE_COUNT)];
        if (!queue.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new LockedException();
        }
        FolderLock lock = null;
        boolean taken = false;
        try {
            lock = new FolderLock(queue, lockFile, attributes);
            lock.waitForProcesses(deadline);
            taken = true;
            return lock;
        } finally {
            if (!taken && lock == null) {
                queue.unlock();
            } else if (!taken) {
                lock.close();
            }
        }
    }

    private void waitForProcesses(long deadline) throws IOException, InterruptedException {
        while (!tryLock()) {
            if (System.nanoTime() > deadline) {
                throw new LockedException();
            }
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        }
    }

    private boolean tryLock() throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this process has the lock under another name of the folder
        }
    }

    @Override
    public void close() throws IOException {
        try {
            file.close(); // releases the system's lock
        } finally {
            queue.unlock();
        }
    }

    /** Another writer did not release the lock in time. */
    static final class LockedException extends IOException {
        private static final long serialVersionUID = 1L;

        LockedException() {
            super(new UndecidedException("another writer has held its lock for " + PATIENCE.toMinutes() + " minutes"));
        }
    }
}
