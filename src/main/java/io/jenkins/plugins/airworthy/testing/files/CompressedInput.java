package io.jenkins.plugins.airworthy.testing.files;

import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.layer.BadLayerException;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The compressed bytes of a layer before decompression. Counts them and refuses more than the declared size. Remembers a
 * failure, since {@link java.util.zip.GZIPInputStream} treats a failure between two members as the end. Its
 * {@code available} is never 0 before the end, since that class would otherwise stop after the first member.
 */
final class CompressedInput extends InputStream {
    private final InputStream source;
    private final long declared;
    private final Progress.Task progress;
    private final byte[] peeked = new byte[1];
    private boolean hasPeeked;
    private long count;
    private Optional<IOException> failure = Optional.empty();

    CompressedInput(InputStream source, long declared, Progress.Task progress) {
        this.source = source;
        this.declared = declared;
        this.progress = progress;
    }

    long count() {
        return count;
    }

    /** Reads the rest of the blob, so that the store reaches its end and checks its digest. */
    void finish() throws IOException {
        byte[] rest = new byte[8 * 1024];
        while (read(rest, 0, rest.length) >= 0) {
            // Bytes after the last member count for the blob's digest and belong to no file.
        }
        if (count != declared) {
            throw new BadLayerException("has " + count + " bytes but was declared with " + declared);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (hasPeeked) {
            buffer[offset] = peeked[0];
            hasPeeked = false;
            return 1;
        }
        return readSource(buffer, offset, length);
    }

    @Override
    public int available() throws IOException {
        if (!hasPeeked) {
            hasPeeked = readSource(peeked, 0, 1) > 0;
        }
        return hasPeeked ? 1 : 0;
    }

    private int readSource(byte[] buffer, int offset, int length) throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        try {
            int read = source.read(buffer, offset, length);
            if (read > 0) {
                count += read;
                progress.advance(read);
                if (count > declared) {
                    throw new BadLayerException("is larger than the declared " + declared + " bytes");
                }
            }
            return read;
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
