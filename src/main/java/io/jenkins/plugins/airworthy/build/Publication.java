package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.copy.CountedBlob;
import io.jenkins.plugins.airworthy.image.copy.ImageCopier;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes a finished image to a store, children before parents. */
final class Publication {
    private final Optional<ImageStore> base;
    private final ImageStore target;
    private final Progress progress;
    private final Set<Digest> done = new HashSet<>();

    Publication(Optional<ImageStore> base, ImageStore target, Progress progress) {
        this.base = base;
        this.target = target;
        this.progress = progress;
    }

    void publish(List<ImageAssembly.Image> images, List<LayerWriter.Layer> layers, Manifest whole, String tag)
            throws AirworthyException, InterruptedException {
        if (base.isPresent()) {
            new ImageCopier(progress).copyBlobs(base.get(), baseLayers(images), target);
        }
        for (LayerWriter.Layer layer : layers) {
            put(layer.descriptor(), () -> Files.newInputStream(layer.file()));
        }
        for (ImageAssembly.Image image : images) {
            put(
                    image.config().descriptor(),
                    () -> new ByteArrayInputStream(image.config().bytes()));
            target.putManifest(image.manifest());
        }
        if (images.size() > 1) {
            target.putManifest(whole);
        }
        target.tag(tag, whole);
    }

    /** Writes each blob once, since platforms may share some. */
    private List<Descriptor> baseLayers(List<ImageAssembly.Image> images) {
        return images.stream()
                .flatMap(image -> image.base().layers().stream())
                .filter(layer -> done.add(layer.digest()))
                .toList();
    }

    private void put(Descriptor blob, ImageStore.BlobSource source) throws AirworthyException, InterruptedException {
        if (!done.add(blob.digest())) {
            return;
        }
        try (Progress.Task task = progress.begin("blob " + blob.digest().abbreviated(), blob.size())) {
            target.putBlob(blob, new CountedBlob(source, task));
        }
    }
}
