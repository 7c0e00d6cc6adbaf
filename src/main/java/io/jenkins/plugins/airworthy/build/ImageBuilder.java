package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.image.store.TemporaryFolder;

import java.util.ArrayList;
import java.util.List;

/**
 * Builds an image from files on a base image, or from scratch, and publishes it: blobs first, manifests next, the tag
 * last. The same request gives the same digest on every machine. Refuses requests that break {@link RequestRules}, and a
 * target with a digest, which is known only after the build.
 */
public final class ImageBuilder {
    private final ImageStores stores;

    public ImageBuilder(ImageStores stores) {
        this.stores = stores;
    }

    /**
     * Builds and publishes an image.
     *
     * @param target a repository, with a tag if the image should have one
     */
    public BuiltImage build(BuildRequest request, ImageReference target, Progress progress)
            throws AirworthyException, InterruptedException {
        RequestRules.require(request);
        if (target.digest().isPresent()) {
            throw new InvalidInputException(
                    "target " + target + " names a digest, which is known only after the build: name a tag, or none");
        }
        List<LayerPlan> plans = new ArrayList<>();
        for (FileCopy copy : request.copies()) {
            plans.add(SourceFiles.find(copy));
        }
        if (request.base().isEmpty()) {
            return publish(request, plans, PlatformBases.scratch(request.platforms()), target, progress);
        }
        for (LayerPlan plan : plans) {
            SharedFolders.requireUntouched(plan);
        }
        try (ImageStore store = stores.open(request.base().get())) {
            PlatformBases bases = PlatformBases.read(request.base().get(), store, request.platforms(), progress);
            return publish(request, plans, bases, target, progress);
        }
    }

    private BuiltImage publish(
            BuildRequest request, List<LayerPlan> plans, PlatformBases bases, ImageReference target, Progress progress)
            throws AirworthyException, InterruptedException {
        try (TemporaryFolder work = TemporaryFolder.create("airworthy-build-");
                ImageStore store = stores.open(target)) {
            LayerWriter writer = new LayerWriter(work.path());
            List<LayerWriter.Layer> layers = new ArrayList<>();
            for (LayerPlan plan : plans) {
                layers.add(writer.write(plan, layers.size(), progress));
            }
            AssembledImage image = AssembledImage.of(bases, request, layers);
            new Publication(bases.store(), store, progress)
                    .publish(image.images(), layers, image.whole(), target.tag());
            return image.at(target, bases, layers);
        }
    }
}
