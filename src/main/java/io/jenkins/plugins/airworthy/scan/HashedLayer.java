package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.image.layer.BadLayerException;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** The uncompressed bytes of one layer, hashed and counted as they are read. */
final class HashedLayer extends FilterInputStream {
    private final MessageDigest sha256 = Digest.sha256();
    private final long maxImageBytes;
    private final long before;
    private long count;

    /**
     * @param before the number of bytes of the image's other layers
     */
    HashedLayer(InputStream plain, long before, long maxImageBytes) {
        super(plain);
        this.before = before;
        this.maxImageBytes = maxImageBytes;
    }

    long count() {
        return count;
    }

    Digest digest() {
        return Digest.of(sha256);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            sha256.update(buffer, offset, read);
            count += read;
            if (count > LayerCheck.MAX_LAYER_BYTES) {
                throw new BadLayerException("is larger than " + LayerCheck.MAX_LAYER_BYTES + " bytes uncompressed");
            }
            if (before + count > maxImageBytes) {
                throw new BadLayerException("brings the image to more than " + maxImageBytes + " bytes uncompressed");
            }
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
