package io.jenkins.plugins.airworthy.image.store;

import io.jenkins.plugins.airworthy.image.manifest.Descriptor;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The stream of a blob, which is cached after all bytes were read and verified by the stream below. */
final class RememberedBlob extends FilterInputStream {
    private final Descriptor blob;
    private final DigestCache cache;
    private final DigestCache.Scope scope;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private boolean ended;

    /** Takes over the room that the cache granted for it. */
    RememberedBlob(InputStream verified, Descriptor blob, DigestCache cache, DigestCache.Scope scope) {
        super(verified);
        this.blob = blob;
        this.cache = cache;
        this.scope = scope;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0 && !ended) {
            collected.write(buffer, offset, read);
            if (collected.size() == blob.size()) {
                cache.put(scope, blob.digest(), collected.toByteArray());
                end();
            }
        }
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        byte[] skipped = new byte[(int) Math.min(bytes, 8 * 1024)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void end() {
        if (!ended) {
            ended = true;
            collected.reset();
            cache.collected(blob.size());
        }
    }

    @Override
    public void close() throws IOException {
        end();
        super.close();
    }
}
