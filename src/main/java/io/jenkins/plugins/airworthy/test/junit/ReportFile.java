package io.jenkins.plugins.airworthy.test.junit;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/**
 * One report that a pattern matched.
 *
 * @param name relative to the folder, with slashes
 */
record ReportFile(Path path, String name) {
    /** The largest report that is read, in bytes: mostly what tests printed. */
    static final int MAX_BYTES = 64 * 1024 * 1024;

    void refuseIfOlderThan(Optional<Instant> notBefore) throws AirworthyException {
        if (notBefore.isEmpty()) {
            return;
        }
        try {
            Instant written = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .lastModifiedTime()
                    .toInstant();
            if (written.isBefore(notBefore.get())) {
                throw new InvalidInputException(name + ": was written at " + written + ", before this build began at "
                        + notBefore.get() + "; delete the reports of older builds first");
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    byte[] read() throws AirworthyException {
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new InvalidInputException(name + ": is larger than the allowed " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UndecidedException unreadable(IOException e) {
        return new UndecidedException(name + ": could not be read; check that it still exists and is readable", e);
    }
}
