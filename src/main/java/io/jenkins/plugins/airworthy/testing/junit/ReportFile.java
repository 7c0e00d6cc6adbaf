package io.jenkins.plugins.airworthy.testing.junit;

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
    /** Maximum size of a report, in bytes; most of it is the output of tests. */
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
            long size = Files.size(path);
            if (size > MAX_BYTES) {
                throw new InvalidInputException(name + ": is larger than the allowed " + MAX_BYTES + " bytes");
            }
            // Read into one array, since growing it would keep the largest report in memory twice.
            byte[] bytes = new byte[(int) size];
            if (in.readNBytes(bytes, 0, bytes.length) < bytes.length || in.read() >= 0) {
                throw new UndecidedException(name + ": was written while it was read; wait for the tests to end");
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
