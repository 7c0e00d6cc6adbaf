package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.Descriptor;
import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.ImageStore;
import io.jenkins.plugins.airworthy.image.Manifest;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts a finished image into a store, so that nothing is ever there before what it points at. */
final class Publication {
    private final ImageStore target;
    private final Progress progress;
    private final Set<Digest> done = new HashSet<>();

    Publication(ImageStore target, Progress progress) {
        this.target = target;
        this.progress = progress;
    }

    void publish(List<ImageAssembly.Image> images, List<LayerWriter.Layer> layers, Manifest whole, Optional<String> tag)
            throws AirworthyException, InterruptedException {
        for (ImageAssembly.Image image : images) {
            if (image.base().store().isPresent()) {
                for (Descriptor layer : image.base().layers()) {
                    baseLayer(layer, image.base().store().get());
                }
            }
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
        if (tag.isPresent()) {
            target.tag(tag.get(), whole);
        }
    }

    private void baseLayer(Descriptor layer, ImageStore base) throws AirworthyException, InterruptedException {
        if (done.contains(layer.digest())) {
            return;
        }
        if (target.mountBlob(layer, base)) {
            done.add(layer.digest());
        } else {
            put(layer, () -> base.openBlob(layer));
        }
    }

    private void put(Descriptor blob, ImageStore.BlobSource source) throws AirworthyException, InterruptedException {
        if (!done.add(blob.digest())) {
            return;
        }
        try (Progress.Task task = progress.begin("blob " + blob.digest().abbreviated(), blob.size())) {
            target.putBlob(blob, () -> new CountedInputStream(source.open(), task));
        }
    }
}
