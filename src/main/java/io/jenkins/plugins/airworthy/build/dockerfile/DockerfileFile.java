package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.BoundedRead;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The file with a Dockerfile. Refuses a link, a folder and a file that is too large. */
public final class DockerfileFile {
    private DockerfileFile() {}

    /**
     * Reads its bytes.
     *
     * @param name as a person wrote it, for messages
     */
    public static byte[] read(Path path, String name) throws AirworthyException {
        String what = "the Dockerfile '" + name + "'";
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!file.isRegularFile()) {
                throw new InvalidInputException(what + " is a " + (file.isSymbolicLink() ? "link" : "folder or device")
                        + ", expected a regular file");
            }
            try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
                return BoundedRead.whole(in, Dockerfile.MAX_BYTES)
                        .orElseThrow(() -> new InvalidInputException(
                                what + " is larger than the allowed " + Dockerfile.MAX_BYTES + " bytes"));
            }
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(what + " does not exist", e);
        } catch (IOException e) {
            throw new UndecidedException(what + " could not be read: check its permissions", e);
        }
    }
}
