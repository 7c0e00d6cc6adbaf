package io.jenkins.plugins.airworthy.testing.files;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.UndecidedException;
import io.jenkins.plugins.airworthy.image.layer.BadLayerException;
import io.jenkins.plugins.airworthy.image.layer.ByteText;
import io.jenkins.plugins.airworthy.image.layer.LayerLimits;
import io.jenkins.plugins.airworthy.image.layer.TarEntry;
import io.jenkins.plugins.airworthy.image.layer.TarReader;
import io.jenkins.plugins.airworthy.image.manifest.ContentMismatchException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageConfig;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.LazyLayers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of one image as an engine would show them. Names, owners and permissions come from one pass over the layers,
 * contents from a second one when they are needed. Refuses layers whose uncompressed digests differ from the image's
 * config, and layers that engines would unpack differently.
 */
public final class ImageFileSystem {
    private static final int BUFFER = 64 * 1024;

    private final ImageStore store;
    private final List<Descriptor> layers;
    private final ImageConfig config;
    private final Progress progress;
    private final LayerApplier applier = new LayerApplier();

    private ImageFileSystem(ImageStore store, List<Descriptor> layers, ImageConfig config, Progress progress) {
        this.store = store;
        this.layers = layers;
        this.config = config;
        this.progress = progress;
    }

    /** Reads all layers once. */
    public static ImageFileSystem read(ImageStore store, PlatformImage image, Progress progress)
            throws AirworthyException, InterruptedException {
        List<Descriptor> layers = image.manifest().layers();
        ImageConfig config = image.config();
        if (layers.size() > LayerLimits.MAX_LAYERS) {
            throw new InvalidInputException(
                    "image " + image.digest() + ": more than the allowed " + LayerLimits.MAX_LAYERS + " layers");
        }
        if (layers.size() != config.diffIds().size()) {
            throw new InvalidInputException("image " + image.digest() + ": has " + Count.of(layers.size(), "layer")
                    + " but its config names " + config.diffIds().size());
        }
        LazyLayers.requireNone(image.manifest(), "image " + image.digest());
        for (Descriptor layer : layers) {
            LayerStream.requireReadable(layer);
        }
        ImageFileSystem files = new ImageFileSystem(store, layers, config, progress);
        long uncompressed = 0;
        long compressed = 0;
        Set<Digest> different = new HashSet<>();
        for (int number = 0; number < layers.size(); number++) {
            files.applier.beginLayer(number);
            // A repeated layer is unpacked again each time, but its bytes count only once.
            compressed += different.add(layers.get(number).digest())
                    ? layers.get(number).size()
                    : 0;
            long left = LayerLimits.imageBytes(compressed) - uncompressed;
            uncompressed += files.readLayer(
                    number, "Reading", left, (entry, entryNumber, tar) -> files.applier.apply(entry, entryNumber));
        }
        return files;
    }

    /** Looks a path up. Follows links on the way, but not a symbolic link at its end. */
    public Lookup find(String path) {
        return PathWalk.find(applier.root(), path, false);
    }

    /** Looks a path up and follows all links. */
    public Lookup follow(String path) {
        return PathWalk.find(applier.root(), path, true);
    }

    /** Returns the entries of a directory by name. */
    public Map<String, ImageFile> list(ImageFile directory) {
        Map<String, ImageFile> listed = new TreeMap<>();
        directory.children().forEach((name, file) -> listed.put(ByteText.show(name), file));
        return listed;
    }

    /**
     * Reads the content of files, each completely and one at a time, in the order of the layers. The reader's results are
     * valid only if this method returns, since it checks each layer's digest after the layer's last file.
     */
    public void contents(Set<ImageFile> files, ContentReader reader) throws AirworthyException, InterruptedException {
        Map<Integer, Map<Integer, ImageFile>> wanted = new TreeMap<>();
        for (ImageFile file : files) {
            if (file.kind() != ImageFile.Kind.FILE || file.size() > LayerLimits.MAX_CONTENT_BYTES) {
                throw new IllegalArgumentException("only files of at most " + LayerLimits.MAX_CONTENT_BYTES + " bytes");
            }
            wanted.computeIfAbsent(file.contentLayer(), layer -> new HashMap<>())
                    .put(file.contentEntry(), file);
        }
        for (Map.Entry<Integer, Map<Integer, ImageFile>> layer : wanted.entrySet()) {
            readLayer(layer.getKey(), "Reading files of", LayerLimits.MAX_LAYER_BYTES, (entry, number, tar) -> {
                Optional<ImageFile> file = Optional.ofNullable(layer.getValue().get(number));
                if (file.isPresent()) {
                    reader.read(file.get(), tar.content());
                }
            });
        }
    }

    private long readLayer(int number, String what, long left, EntryReader reader)
            throws AirworthyException, InterruptedException {
        Descriptor layer = layers.get(number);
        String name = "layer " + (number + 1) + " of " + layers.size() + ", " + layer.digest();
        String task = what + " layer " + (number + 1) + " of " + layers.size();
        long limit = Math.min(LayerLimits.MAX_LAYER_BYTES, left);
        try (InputStream blob = store.openBlob(layer);
                Progress.Task reading = progress.begin(task, layer.size());
                LayerStream stream =
                        LayerStream.of(blob, layer, config.diffIds().get(number), limit, reading)) {
            TarReader tar = new TarReader(new BufferedInputStream(stream, BUFFER));
            int entryNumber = 0;
            for (Optional<TarEntry> entry = tar.next(); entry.isPresent(); entry = tar.next()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                reader.read(entry.get(), entryNumber++, tar);
            }
            stream.finish();
            return stream.count();
        } catch (BadLayerException e) {
            throw new InvalidInputException(name + ": " + e.getMessage(), e);
        } catch (ContentMismatchException e) {
            throw new UndecidedException(
                    name + " in " + store.location() + ": " + e.getMessage() + "; push the image again", e);
        } catch (ClosedByInterruptException | InterruptedIOException e) {
            throw (InterruptedException) new InterruptedException().initCause(e);
        } catch (IOException e) {
            throw new UndecidedException(
                    name + ": could not be read to its end from " + store.location() + "; try again", e);
        }
    }

    /** Receives the content of one file. */
    @FunctionalInterface
    public interface ContentReader {
        void read(ImageFile file, byte[] content) throws AirworthyException;
    }

    @FunctionalInterface
    private interface EntryReader {
        void read(TarEntry entry, int number, TarReader tar) throws IOException, AirworthyException;
    }
}
