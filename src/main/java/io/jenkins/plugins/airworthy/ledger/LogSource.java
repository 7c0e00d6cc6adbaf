package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.BoundedRead;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Where the files of a published log are read from. What it gives is believed for nothing. */
interface LogSource {
    /**
     * One file; empty if there is none.
     *
     * @param path below the log, with slashes
     * @throws IOException if it cannot be read, or has more bytes than allowed
     */
    Optional<byte[]> read(String path, int maxBytes) throws IOException;

    /** A folder. */
    static LogSource folder(Path folder) {
        return new LogSource() {
            @Override
            public Optional<byte[]> read(String path, int maxBytes) throws IOException {
                try (InputStream in = Files.newInputStream(folder.resolve(path))) {
                    return Optional.of(BoundedRead.whole(in, maxBytes)
                            .orElseThrow(() -> new IOException("it has more than " + maxBytes + " bytes")));
                } catch (NoSuchFileException e) {
                    return Optional.empty();
                }
            }

            @Override
            public String toString() {
                return folder.toString();
            }
        };
    }
}
