package io.jenkins.plugins.airworthy.sign.key;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Creates a file atomically, and never replaces another. */
final class NewFile {
    private NewFile() {}

    /**
     * Writes a temporary file and links it to the target: unlike a rename, a link fails if the target exists.
     *
     * @param secret whether only the owner may read the file
     */
    static void write(Path target, byte[] content, boolean secret) throws AirworthyException {
        Path folder = target.toAbsolutePath().getParent();
        try {
            Path fresh = Files.createTempFile(folder, ".airworthy-", ".new", permissions(folder, secret));
            try {
                try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                    ByteBuffer rest = ByteBuffer.wrap(content);
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                    channel.force(true);
                }
                Files.createLink(target, fresh);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException(target + ": exists already and is not overwritten: choose another name", e);
        } catch (IOException | UnsupportedOperationException e) {
            throw new UndecidedException(
                    target + ": could not be written; check that its folder exists, is yours and can hold hard links",
                    e);
        }
    }

    private static FileAttribute<?>[] permissions(Path folder, boolean secret) {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[] {
                PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString(secret ? "rw-------" : "rw-r--r--"))
            };
        }
        return new FileAttribute<?>[0];
    }
}
