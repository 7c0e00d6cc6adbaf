package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.store.TemporaryFolder;

import java.io.IOException;
import java.nio.file.Path;

/** A folder of this build alone, which only its user may enter and which is deleted at the end. */
record WorkFolder(TemporaryFolder folder) implements AutoCloseable {
    static WorkFolder create() throws UndecidedException {
        try {
            return new WorkFolder(TemporaryFolder.create("airworthy-build-"));
        } catch (IOException e) {
            throw new UndecidedException(
                    "no folder for temporary files could be made: check the one of -Djava.io.tmpdir=FOLDER", e);
        }
    }

    Path path() {
        return folder.path();
    }

    @Override
    public void close() throws UndecidedException {
        try {
            folder.close();
        } catch (IOException e) {
            throw new UndecidedException("temporary files could not be deleted: delete the folder " + path(), e);
        }
    }
}
