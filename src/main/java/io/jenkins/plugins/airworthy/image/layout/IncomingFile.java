package io.jenkins.plugins.airworthy.image.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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

    IncomingFile(Path folder) throws IOException {
        path = folder.resolve(PREFIX + UUID.randomUUID());
        channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    void write(byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    void moveTo(Path target) throws IOException {
        channel.force(true);
        channel.close();
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(target.getParent());
    }

    /** Makes the move survive a power failure. Windows has no such call and does not need it. */
    private static void forceFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
                opened.force(true);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
