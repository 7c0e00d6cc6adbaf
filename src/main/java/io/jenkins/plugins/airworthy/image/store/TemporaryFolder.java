package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A new folder for temporary files that only this user may enter. It is deleted when it is closed. A folder that a killed process
 * left behind is deleted when the user's next one is created, since its lock is free.
 */
public final class TemporaryFolder implements AutoCloseable {
    private static final String LOCK = "in-use";

    /** A folder is made before it is locked. */
    private static final Duration YOUNG = Duration.ofMinutes(10);

    /** Of this process. Opening and closing a lock's file would free the lock, as POSIX has it. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path place;
    private final Optional<FileChannel> lock;

    private TemporaryFolder(Path place, Optional<FileChannel> lock) {
        this.place = place;
        this.lock = lock;
    }

    /**
     * Makes one in the system's place for such folders.
     *
     * @param prefix how the names of folders of this kind begin
     */
    public static TemporaryFolder create(String prefix) throws UndecidedException {
        String parent = System.getProperty("java.io.tmpdir");
        try {
            return create(Path.of(parent), prefix, Instant.now());
        } catch (IOException e) {
            throw new UndecidedException(
                    "no temporary folder could be made in " + parent
                            + ": check its permissions and its free space, or name another by -Djava.io.tmpdir=FOLDER",
                    e);
        }
    }

    static TemporaryFolder create(Path parent, String prefix, Instant now) throws IOException {
        Path place = Files.createTempDirectory(parent, prefix);
        OURS.add(place);
        TemporaryFolder made = new TemporaryFolder(place, locked(place.resolve(LOCK)));
        Files.createDirectory(made.path());
        deleteAbandoned(parent, prefix, Files.getOwner(place), now.minus(YOUNG));
        return made;
    }

    /** On a file system without locks there is no lock file, and such a folder is never deleted. */
    private static Optional<FileChannel> locked(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return Optional.of(channel);
        } catch (IOException e) {
            channel.close();
            Files.delete(file);
            return Optional.empty();
        }
    }

    /** The folder, empty at first. */
    public Path path() {
        return place.resolve("files");
    }

    @Override
    public void close() throws UndecidedException {
        try {
            if (lock.isPresent()) {
                lock.get().close();
            }
            delete(place);
        } catch (IOException e) {
            throw new UndecidedException("temporary files could not be deleted: delete the folder " + place, e);
        } finally {
            OURS.remove(place);
        }
    }

    /** Deletes none in a place that cannot be listed, since the current work does not need it. */
    private static void deleteAbandoned(Path parent, String prefix, UserPrincipal user, Instant before) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(
                parent, folder -> folder.getFileName().toString().startsWith(prefix))) {
            for (Path folder : folders) {
                deleteIfAbandoned(folder, user, before);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return; // such as a folder of mode 1733, in which everyone may create files and no one may list them
        }
    }

    /** Leaves what cannot be deleted, since the current work does not need it. */
    private static void deleteIfAbandoned(Path folder, UserPrincipal user, Instant before) {
        try {
            if (!OURS.contains(folder) && isOf(folder, user, before) && isFree(folder.resolve(LOCK))) {
                delete(folder);
            }
        } catch (IOException e) {
            return; // without a lock, or another process is deleting it
        }
    }

    private static boolean isOf(Path folder, UserPrincipal user, Instant before) throws IOException {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(user)
                && Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(before);
    }

    private static boolean isFree(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        boolean held = false;
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            held = true; // by other classes of this same process: closing the file would free their lock
            return false;
        } finally {
            if (!held) {
                channel.close();
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // another process deletes as well
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
