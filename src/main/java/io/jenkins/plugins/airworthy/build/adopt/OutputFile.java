package io.jenkins.plugins.airworthy.build.adopt;

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
import java.time.Instant;
import java.util.Optional;

/**
 * The file into which a builder wrote what it pushed. Refuses a link, a folder, a file that is too large, and one that is older than
 * the build: if a builder fails, the file of the build before is still there.
 */
public record OutputFile(Path path, String name) {

    /**
     * Reads it.
     *
     * @param notBefore when the build began, by the clock of the file's machine; empty if that is not known
     */
    public BuilderOutput read(Optional<Instant> notBefore) throws AirworthyException {
        String what = "the builder's output '" + name + "'";
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!file.isRegularFile()) {
                throw new InvalidInputException(what + " is a " + (file.isSymbolicLink() ? "link" : "folder or device")
                        + ", expected a regular file: name the file that the builder itself writes");
            }
            Instant written = file.lastModifiedTime().toInstant();
            if (notBefore.isPresent() && written.isBefore(notBefore.get())) {
                throw new InvalidInputException(what + " was written at " + written + ", before this build began at "
                        + notBefore.get() + ": it is of an earlier build. Delete it before the builder starts, and look"
                        + " whether the builder failed");
            }
            try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
                byte[] bytes = BoundedRead.whole(in, OutputReader.MAX_BYTES)
                        .orElseThrow(() -> new InvalidInputException(
                                what + " is larger than the allowed " + OutputReader.MAX_BYTES + " bytes"));
                return OutputReader.read(bytes, what);
            }
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(
                    what + " does not exist: tell the builder to write it, for example by"
                            + " --metadata-file, --digestfile, --digest-file or --image-refs",
                    e);
        } catch (IOException e) {
            throw new UndecidedException(what + " could not be read: check its permissions", e);
        }
    }
}
