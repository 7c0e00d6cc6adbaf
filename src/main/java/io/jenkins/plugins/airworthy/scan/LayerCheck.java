package io.jenkins.plugins.airworthy.scan;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.Descriptor;
import io.jenkins.plugins.airworthy.image.Digest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;

/**
 * Whether the layers of an image are those that its config names. Trivy looks at a layer only once for each name, its own or a
 * server's memory of other images included, so a layer under another's name would not be looked at. Refuses such an image, as engines
 * do, and layers that are larger than {@value #MAX_LAYER_BYTES} bytes uncompressed.
 *
 * @param what names the image in errors
 * @param elsewhere whether anybody but this scan remembers layers
 */
record LayerCheck(String what, PrivateLayout layout, boolean elsewhere) {
    /** The largest layer, uncompressed, in bytes. */
    static final long MAX_LAYER_BYTES = 32L << 30;

    private static final int BUFFER = 64 * 1024;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

    void require(ScanTarget target) throws AirworthyException, InterruptedException {
        List<Descriptor> layers = target.manifest().layers();
        if (layers.size() != target.diffIds().size()) {
            throw new InvalidInputException(what + ": has " + layers.size() + " layers but its config names "
                    + target.diffIds().size() + ": build the image again");
        }
        for (int i = 0; i < layers.size(); i++) {
            require(layers.get(i), target.diffIds().get(i), target);
        }
    }

    private void require(Descriptor layer, Digest named, ScanTarget target)
            throws AirworthyException, InterruptedException {
        Path file = layout.blob(layer.digest());
        try (InputStream stored = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            if (begins(stored, ZSTD)) {
                requireOwnName(layer, named, target);
                return;
            }
            // Engines and Trivy too tell by the bytes, and not by the media type, whether a layer is compressed.
            try (InputStream plain = begins(stored, GZIP) ? new WholeGzip(stored, BUFFER) : stored) {
                Digest found = digest(plain, layer);
                if (!found.equals(named)) {
                    throw new InvalidInputException(
                            what + ": layer " + layer.digest() + " has uncompressed the digest " + found
                                    + " but the image's config names " + named
                                    + ": it would be scanned under another layer's name; build the image again");
                }
            }
        } catch (IOException e) {
            throw new UndecidedException(
                    what + ": layer " + layer.digest() + " could not be uncompressed: it is damaged, or the temporary"
                            + " folder cannot be read; build the image again",
                    e);
        }
    }

    /** What cannot be uncompressed here may at least hide behind no other layer. */
    private void requireOwnName(Descriptor layer, Digest named, ScanTarget target) throws InvalidInputException {
        if (elsewhere) {
            throw new InvalidInputException(what + ": layer " + layer.digest() + " is compressed with zstd, so that its"
                    + " name cannot be checked, and a Trivy server goes by that name: build the image with gzip layers,"
                    + " or scan it without a server");
        }
        for (int i = 0; i < target.diffIds().size(); i++) {
            if (target.diffIds().get(i).equals(named)
                    && !target.manifest().layers().get(i).digest().equals(layer.digest())) {
                throw new InvalidInputException(what + ": two different layers have the name " + named
                        + " in the image's config: only one of them would be scanned; build the image again");
            }
        }
    }

    private Digest digest(InputStream plain, Descriptor layer)
            throws IOException, InvalidInputException, InterruptedException {
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[BUFFER];
        long count = 0;
        for (int length = plain.read(buffer); length >= 0; length = plain.read(buffer)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            sha256.update(buffer, 0, length);
            count += length;
            if (count > MAX_LAYER_BYTES) {
                throw new InvalidInputException(what + ": layer " + layer.digest() + " is larger than "
                        + MAX_LAYER_BYTES + " bytes uncompressed: nothing is scanned");
            }
        }
        return Digest.of(sha256);
    }

    private static boolean begins(InputStream in, byte[] magic) throws IOException {
        in.mark(magic.length);
        byte[] found = in.readNBytes(magic.length);
        in.reset();
        return Arrays.equals(found, magic);
    }
}
