package io.jenkins.plugins.airworthy.scan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.document.StrictJson;
import io.jenkins.plugins.airworthy.image.manifest.ContentMismatchException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A private OCI layout folder with exactly one image, whose layers are copied by digest and verified. The scanned image is therefore
 * the requested one: the scanner gets no credentials, no tag is resolved twice, and a build cannot change a
 * layer between check and use. Manifest and config are written again, without anything that makes the
 * scanner skip a layer ({@link NeutralConfig}). Refuses images larger than {@value #MAX_IMAGE_BYTES} bytes.
 *
 * @param imageId digest of the config in this folder, which the scanner uses as the image's name
 */
record PrivateLayout(Path folder, Digest imageId) {
    /** Maximum size of an image, in compressed bytes. */
    static final long MAX_IMAGE_BYTES = 64L * 1024 * 1024 * 1024;

    private static final int BUFFER = 64 * 1024;

    /** Copies one image from a store. */
    static PrivateLayout copy(ImageStore store, ImageManifest manifest, Path folder, Progress progress)
            throws AirworthyException, InterruptedException {
        String image = store.location().at(manifest.digest()).toString();
        Collection<Descriptor> layers = eachOnce(manifest.layers(), image);
        long total = layers.stream()
                .mapToLong(Descriptor::size)
                .reduce(manifest.config().size(), PrivateLayout::add);
        if (total > MAX_IMAGE_BYTES) {
            throw new InvalidInputException(image + ": larger than the allowed " + MAX_IMAGE_BYTES + " bytes");
        }
        byte[] config = NeutralConfig.of(store.readBlob(manifest.config(), ImageConfig.MAX_BYTES), image + ": config");
        Descriptor neutral = Descriptor.of(manifest.config().mediaType(), config);
        byte[] written = StrictJson.write(manifest(manifest, neutral));
        try (Progress.Task task = progress.begin("Reading " + image, total)) {
            Path contents = Files.createDirectories(blobs(folder));
            for (Descriptor blob : layers) {
                try (InputStream in = store.openBlob(blob);
                        OutputStream out = Files.newOutputStream(
                                contents.resolve(blob.digest().hex()))) {
                    transfer(in, out, task);
                }
            }
            Files.write(contents.resolve(neutral.digest().hex()), config);
            Descriptor whole = Descriptor.of(manifest.content().mediaType(), written);
            Files.write(contents.resolve(whole.digest().hex()), written);
            Files.write(folder.resolve("index.json"), StrictJson.write(index(whole)));
            Files.write(
                    folder.resolve("oci-layout"),
                    "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw new UndecidedException(image + ": could not be copied for scanning: " + reason(e), e);
        }
        return new PrivateLayout(folder, neutral.digest());
    }

    /** Copies each blob once, even if several layers name it with different members. */
    private static Collection<Descriptor> eachOnce(List<Descriptor> layers, String image) throws InvalidInputException {
        Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
        for (Descriptor blob : layers) {
            Descriptor before = blobs.putIfAbsent(blob.digest(), blob);
            if (before != null && before.size() != blob.size()) {
                throw new InvalidInputException(image + ": " + blob.digest() + " is named with two sizes, "
                        + before.size() + " and " + blob.size());
            }
        }
        return blobs.values();
    }

    /** Returns the file with the bytes of a part of the image. */
    Path blob(Digest digest) {
        return blobs(folder).resolve(digest.hex());
    }

    private static Path blobs(Path folder) {
        return folder.resolve("blobs").resolve("sha256");
    }

    private static String reason(IOException e) {
        if (e instanceof ContentMismatchException) {
            return e.getMessage();
        }
        if (e.getCause() instanceof AirworthyException known) {
            return known.getMessage();
        }
        return "reading it, or writing the temporary folder, failed; check the connection and the free space";
    }

    private static long add(long sum, long size) {
        return sum + size < 0 ? Long.MAX_VALUE : sum + size;
    }

    private static void transfer(InputStream in, OutputStream out, Progress.Task task)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            out.write(buffer, 0, length);
            task.advance(length);
        }
    }

    private static ObjectNode manifest(ImageManifest image, Descriptor config) {
        ObjectNode manifest = StrictJson.object();
        manifest.put("schemaVersion", 2).put("mediaType", image.content().mediaType());
        manifest.set("config", config.toJson());
        ArrayNode layers = manifest.putArray("layers");
        for (Descriptor layer : image.layers()) {
            layers.add(new Descriptor(layer.mediaType(), layer.digest(), layer.size()).toJson());
        }
        return manifest;
    }

    private static ObjectNode index(Descriptor manifest) {
        ObjectNode index = StrictJson.object();
        index.put("schemaVersion", 2);
        index.putArray("manifests").add(manifest.toJson());
        return index;
    }
}
