package io.jenkins.plugins.airworthy.image.manifest;

import io.jenkins.plugins.airworthy.image.name.Digest;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;

/**
 * A stream that verifies digest and size of its content. It fails with a {@link ContentMismatchException} instead of ending
 * if the content does not match the descriptor. The last bytes are returned only after the digest was verified, so
 * a reader that stops at the announced size has verified content too; a reader that stops earlier does not.
 */
public final class VerifyingInputStream extends InputStream {
    private final InputStream source;
    private final Descriptor expected;
    private final MessageDigest sha256 = Digest.sha256();
    private long count;
    private Optional<String> failure = Optional.empty();

    public VerifyingInputStream(InputStream source, Descriptor expected) throws IOException {
        this.source = source;
        this.expected = expected;
        if (expected.size() == 0) {
            verifyDigest();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (failure.isPresent()) {
            throw new ContentMismatchException(failure.get());
        }
        if (length == 0) {
            return 0;
        }
        int read = source.read(buffer, offset, length);
        if (read < 0) {
            if (count < expected.size()) {
                throw fail("ended after " + count + " of " + expected.size() + " bytes");
            }
            return -1;
        }
        count += read;
        if (count > expected.size()) {
            throw fail("is longer than the announced " + expected.size() + " bytes");
        }
        sha256.update(buffer, offset, read);
        if (count == expected.size()) {
            verifyDigest();
        }
        return read;
    }

    /** Reads and drops: what is skipped belongs to the digest as well. */
    @Override
    public long skip(long bytes) throws IOException {
        byte[] dropped = new byte[8 * 1024];
        long skipped = 0;
        while (skipped < bytes) {
            int read = read(dropped, 0, (int) Math.min(dropped.length, bytes - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return source.available();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private void verifyDigest() throws ContentMismatchException {
        Digest found = Digest.of(sha256);
        if (!found.equals(expected.digest())) {
            throw fail("has the digest " + found);
        }
    }

    private ContentMismatchException fail(String problem) {
        failure = Optional.of("content " + expected.digest() + " " + problem);
        return new ContentMismatchException(failure.get());
    }
}
