package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.layer.BadLayerException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks that the layers of an image have the digests in its config, and that Trivy sees the files that engines unpack
 * ({@link LayerEntries}). Trivy scans a layer only once for each digest, including those in a server's cache, so that a layer with
 * another layer's digest would not be scanned. Refuses such an image, as engines do, layers compressed with zstd, which cannot be
 * checked here, layers larger than {@value #MAX_LAYER_BYTES} bytes uncompressed, and images whose layers together are larger than
 * {@value #MAX_IMAGE_BYTES} bytes. A layer is uncompressed once, however often the image contains it.
 */
final class LayerCheck {
    /** Maximum size of an uncompressed layer, in bytes. */
    static final long MAX_LAYER_BYTES = 32L << 30;

    /** Maximum size of an image with all its different layers uncompressed, in bytes. */
    static final long MAX_IMAGE_BYTES = 128L << 30;

    private static final int BUFFER = 64 * 1024;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    private final String what;
    private final PrivateLayout layout;
    private final Map<Digest, Digest> names = new HashMap<>();
    private final Map<Digest, LayerPaths> paths = new HashMap<>();
    private final LayerEntries entries = new LayerEntries();
    private final long maxImageBytes;
    private long uncompressed;

    /** @param what names the image in errors */
    LayerCheck(String what, PrivateLayout layout) {
        this(what, layout, MAX_IMAGE_BYTES);
    }

    LayerCheck(String what, PrivateLayout layout, long maxImageBytes) {
        this.what = what;
        this.layout = layout;
        this.maxImageBytes = maxImageBytes;
    }

    void require(ScanTarget target) throws AirworthyException, InterruptedException {
        List<Descriptor> layers = target.manifest().layers();
        if (layers.size() != target.diffIds().size()) {
            throw new InvalidInputException(what + ": has " + Count.of(layers.size(), "layer")
                    + " but its config names " + target.diffIds().size() + ": build the image again");
        }
        ScannedNames scanned = new ScannedNames();
        for (int i = 0; i < layers.size(); i++) {
            Digest layer = layers.get(i).digest();
            require(layer, target.diffIds().get(i));
            putOnto(scanned, layer);
        }
    }

    private void require(Digest layer, Digest named) throws AirworthyException, InterruptedException {
        if (!names.containsKey(layer)) {
            names.put(layer, ownName(layer));
        }
        Digest own = names.get(layer);
        if (!own.equals(named)) {
            throw new InvalidInputException(what + ": layer " + layer + " has the digest " + own + " when uncompressed,"
                    + " but the image's config names " + named
                    + ": it would be scanned under another layer's name; build the image again");
        }
    }

    private void putOnto(ScannedNames scanned, Digest layer) throws InvalidInputException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            scanned.add(paths.get(layer));
        } catch (BadLayerException e) {
            throw refused(layer, e);
        }
    }

    /** Returns the digest of a layer's uncompressed bytes. */
    private Digest ownName(Digest layer) throws AirworthyException, InterruptedException {
        Path file = layout.blob(layer);
        try (InputStream stored = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            // The builder of an image chooses the compression of its layers: an attacker would choose one that is not
            // checked.
            if (begins(stored, ZSTD)) {
                throw new BadLayerException("is compressed with zstd, so that neither its name nor its entries can be"
                        + " checked; layers can be compressed with gzip, or not at all");
            }
            // Engines and Trivy decide by the bytes, not by the media type, whether a layer is compressed.
            try (InputStream plain = begins(stored, GZIP) ? new WholeGzip(stored, BUFFER) : stored) {
                HashedLayer hashed = new HashedLayer(plain, uncompressed, maxImageBytes);
                paths.put(layer, entries.read(hashed));
                uncompressed += hashed.count();
                return hashed.digest();
            }
        } catch (BadLayerException e) {
            throw refused(layer, e);
        } catch (IOException e) {
            throw new UndecidedException(
                    what + ": layer " + layer + " could not be uncompressed: it is damaged, or the temporary"
                            + " folder cannot be read; build the image again",
                    e);
        }
    }

    private InvalidInputException refused(Digest layer, BadLayerException problem) {
        return new InvalidInputException(
                what + ": layer " + layer + ": " + problem.getMessage() + ": nothing is scanned; build the image again",
                problem);
    }

    private static boolean begins(InputStream in, byte[] magic) throws IOException {
        in.mark(magic.length);
        byte[] found = in.readNBytes(magic.length);
        in.reset();
        return Arrays.equals(found, magic);
    }
}
