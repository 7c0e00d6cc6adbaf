package io.jenkins.plugins.airworthy.testing.files;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.layer.BadLayerException;
import io.jenkins.plugins.airworthy.image.layer.LayerLimits;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The uncompressed archive of one layer, hashed as it is read. Refuses archives beyond {@link LayerLimits}, compression
 * other than gzip, and, at the end, an archive with another digest than the image's config names.
 */
final class LayerStream extends InputStream {
    private static final int BUFFER = 64 * 1024;
    private static final Set<String> GZIP = Set.of(MediaTypes.OCI_LAYER_GZIP, MediaTypes.DOCKER_LAYER_GZIP);
    private static final Set<String> PLAIN = MediaTypes.PLAIN_LAYERS;

    private final CompressedInput compressed;
    private final InputStream plain;
    private final Digest diffId;
    private final long limit;
    private final MessageDigest sha256 = Digest.sha256();
    private long count;

    private LayerStream(CompressedInput compressed, InputStream plain, Digest diffId, long limit) {
        this.compressed = compressed;
        this.plain = plain;
        this.diffId = diffId;
        this.limit = limit;
    }

    /**
     * @param limit the maximum of uncompressed bytes
     */
    static LayerStream of(InputStream blob, Descriptor layer, Digest diffId, long limit, Progress.Task progress)
            throws IOException {
        CompressedInput compressed = new CompressedInput(blob, layer.size(), progress);
        InputStream plain = compressed;
        if (GZIP.contains(layer.mediaType())) {
            try {
                plain = new GZIPInputStream(compressed, BUFFER);
            } catch (ZipException | EOFException e) {
                throw notGzip(e);
            }
        }
        return new LayerStream(compressed, plain, diffId, limit);
    }

    /** Refuses a layer that could not be read, before it is fetched. */
    static void requireReadable(Descriptor layer) throws InvalidInputException {
        String mediaType = layer.mediaType();
        if (GZIP.contains(mediaType) || PLAIN.contains(mediaType)) {
            return;
        }
        throw new InvalidInputException("layer " + layer.digest().abbreviated() + ": media type '" + mediaType
                + "' cannot be tested"
                + (mediaType.contains("zstd") ? "; build the image with gzip layers" : ": it is not a layer of files"));
    }

    long count() {
        return count;
    }

    /** Reads to the end and refuses the layer if its uncompressed digest is wrong. */
    void finish() throws IOException {
        byte[] rest = new byte[8 * 1024];
        while (read(rest, 0, rest.length) >= 0) {
            // Only padding can be left: the reader of the archive refuses everything else.
        }
        compressed.finish();
        Digest found = Digest.of(sha256);
        if (!found.equals(diffId)) {
            throw new BadLayerException(
                    "has the digest " + found + " when uncompressed, but the image's config names " + diffId);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read;
        try {
            read = plain.read(buffer, offset, length);
        } catch (ZipException | EOFException e) {
            throw notGzip(e);
        }
        if (read > 0) {
            sha256.update(buffer, offset, read);
            count += read;
            if (count > limit) {
                throw new BadLayerException("is larger than " + limit + " bytes uncompressed");
            }
            if (count > LayerLimits.RATIO_FREE_BYTES
                    && count / LayerLimits.MAX_COMPRESSION_RATIO > compressed.count()) {
                throw new BadLayerException(
                        "is a compression bomb: " + compressed.count() + " bytes became more than " + count);
            }
        }
        return read;
    }

    private static BadLayerException notGzip(IOException e) {
        return new BadLayerException("is not valid gzip", e);
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
