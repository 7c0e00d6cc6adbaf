package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.UndecidedException;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of this build alone, which only its user may enter and which is deleted at the end. */
record WorkFolder(Path path) implements AutoCloseable {
    static WorkFolder create() throws UndecidedException {
        try {
            return new WorkFolder(Files.createTempDirectory("airworthy-build-"));
        } catch (IOException e) {
            throw new UndecidedException(
                    "no folder for temporary files could be made: check the one of -Djava.io.tmpdir=FOLDER", e);
        }
    }

    /** It holds files only. */
    @Override
    public void close() throws UndecidedException {
        try {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(path);
        } catch (IOException e) {
            throw new UndecidedException("temporary files could not be deleted: delete the folder " + path, e);
        }
    }
}
