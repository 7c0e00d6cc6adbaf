package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A blob that was fetched completely and verified, without taking much memory: a small blob is in memory, a large one in a
 * temporary file, and a local one remains where it is.
 */
public final class FetchedBlob implements AutoCloseable {
    /** Up to this size a blob is held in memory, in bytes. */
    static final int HELD_BYTES = 64 * 1024;

    private static final int BUFFER = 16 * 1024;

    private final String trouble;
    private final InputStream content;

    private FetchedBlob(String trouble, InputStream content) {
        this.trouble = trouble;
        this.content = content;
    }

    /** Fetches it, however long that takes. */
    public static FetchedBlob of(ImageStore store, Descriptor blob) throws AirworthyException, InterruptedException {
        String trouble = store.location() + ": could not read blob " + blob.digest();
        InputStream in = store.openBlob(blob);
        boolean kept = false;
        try {
            kept = in.available() >= blob.size();
            return new FetchedBlob(trouble, kept ? in : fetched(in));
        } catch (IOException e) {
            throw IoFailures.undecided(trouble, e);
        } finally {
            if (!kept) {
                close(in);
            }
        }
    }

    private static InputStream fetched(InputStream in) throws AirworthyException, IOException, InterruptedException {
        byte[] head = in.readNBytes(HELD_BYTES + 1);
        if (head.length <= HELD_BYTES) {
            return new ByteArrayInputStream(head);
        }
        TemporaryFile file = TemporaryFile.create();
        boolean whole = false;
        try {
            file.append(head, head.length);
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                file.append(buffer, read);
            }
            whole = true;
            return file.content();
        } finally {
            if (!whole) {
                file.close();
            }
        }
    }

    /** Returns the whole content, once. A verifier must hash it again, since it may have been in a file. */
    public byte[] bytes() throws AirworthyException, InterruptedException {
        try {
            return content.readAllBytes();
        } catch (IOException e) {
            throw IoFailures.undecided(trouble, e);
        }
    }

    @Override
    public void close() {
        close(content);
    }

    private static void close(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            return; // all that was wanted of it was read, or has failed already
        }
    }
}
