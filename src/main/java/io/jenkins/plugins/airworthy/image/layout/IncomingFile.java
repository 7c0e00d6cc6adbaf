package io.jenkins.plugins.airworthy.image.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * A file that is being written: written under a temporary name, synchronised to the disk, then renamed atomically, so that a crash
 * leaves the old file or the new one. Closing an incomplete file removes it.
 */
public final class IncomingFile implements AutoCloseable {
    /** The prefix of names of incomplete files; a killed writer leaves one behind. */
    public static final String PREFIX = ".incoming-";

    private final Path path;
    private final FileChannel channel;

    /** A file with the permissions that this user gives to new files. */
    public IncomingFile(Path folder) throws IOException {
        this(folder, new FileAttribute<?>[0]);
    }

    private IncomingFile(Path folder, FileAttribute<?>... permissions) throws IOException {
        path = folder.resolve(PREFIX + UUID.randomUUID());
        channel = FileChannel.open(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), permissions);
    }

    /** A file that only this user may read, from its first byte on. */
    public static IncomingFile secret(Path folder) throws IOException {
        return isPosix(folder)
                ? new IncomingFile(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : new IncomingFile(folder);
    }

    public void write(byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    public void moveTo(Path target) throws IOException {
        channel.force(true);
        channel.close();
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(target.getParent());
    }

    /** Makes the move survive a power failure. Windows has no such call and does not need it. */
    private static void forceFolder(Path folder) throws IOException {
        if (isPosix(folder)) {
            try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }

    private static boolean isPosix(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
