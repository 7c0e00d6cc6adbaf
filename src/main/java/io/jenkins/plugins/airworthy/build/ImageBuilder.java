package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.ImageReference;
import io.jenkins.plugins.airworthy.image.ImageStore;
import io.jenkins.plugins.airworthy.image.ImageStores;
import io.jenkins.plugins.airworthy.image.Manifest;
import io.jenkins.plugins.airworthy.image.Platform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Builds an image from files on a base image, or from scratch, and publishes it: blobs first, manifests next, the tag
 * last. The same request gives the same digest on every machine. Refuses requests that break {@link RequestRules}, and a
 * target with a digest, which only the build can tell.
 */
public final class ImageBuilder {
    private final ImageStores stores;

    public ImageBuilder(ImageStores stores) {
        this.stores = stores;
    }

    /**
     * Builds and publishes.
     *
     * @param target a repository, with a tag if the image shall have one
     */
    public BuiltImage build(BuildRequest request, ImageReference target, Progress progress)
            throws AirworthyException, InterruptedException {
        RequestRules.require(request);
        if (target.digest().isPresent()) {
            throw new InvalidInputException(
                    "target " + target + " names a digest, which only the build can tell: name a tag, or none");
        }
        List<LayerPlan> plans = new ArrayList<>();
        for (FileCopy copy : request.copies()) {
            plans.add(SourceFiles.find(copy));
        }
        if (request.base().isEmpty()) {
            List<Platform> platforms =
                    request.platforms().isEmpty() ? List.of(BaseImages.DEFAULT_PLATFORM) : request.platforms();
            return publish(
                    request,
                    plans,
                    platforms.stream().map(BaseImage::scratch).toList(),
                    Optional.empty(),
                    target,
                    progress);
        }
        for (LayerPlan plan : plans) {
            SharedFolders.requireUntouched(plan);
        }
        ImageReference reference = request.base().get();
        try (ImageStore store = stores.open(reference)) {
            BaseImages images = new BaseImages(reference, store);
            Manifest base = images.resolve();
            progress.say("Base image " + reference + " is " + base.digest());
            return publish(
                    request,
                    plans,
                    images.of(base, request.platforms()),
                    Optional.of(new BuiltImage.Base(reference, base.digest())),
                    target,
                    progress);
        }
    }

    private BuiltImage publish(
            BuildRequest request,
            List<LayerPlan> plans,
            List<BaseImage> bases,
            Optional<BuiltImage.Base> base,
            ImageReference target,
            Progress progress)
            throws AirworthyException, InterruptedException {
        try (WorkFolder work = WorkFolder.create();
                ImageStore store = stores.open(target)) {
            LayerWriter writer = new LayerWriter(work.path());
            List<LayerWriter.Layer> layers = new ArrayList<>();
            for (LayerPlan plan : plans) {
                layers.add(writer.write(plan, layers.size(), progress));
            }
            List<ImageAssembly.Image> images = new ArrayList<>();
            for (BaseImage each : bases) {
                images.add(ImageAssembly.image(each, request, layers));
            }
            images.sort(Comparator.comparing(image -> image.base().platform().toString()));
            Manifest whole = request.platforms().size() > 1
                    ? ImageAssembly.index(images)
                    : images.get(0).manifest();
            new Publication(store, progress).publish(images, layers, whole, target.tag());
            return new BuiltImage(
                    whole.descriptor(),
                    target.at(whole.digest()),
                    images.stream().map(ImageBuilder::described).toList(),
                    base,
                    layers.stream()
                            .map(layer -> new BuiltImage.Layer(layer.copy(), layer.descriptor(), layer.diffId()))
                            .toList());
        }
    }

    private static BuiltImage.PlatformImage described(ImageAssembly.Image image) {
        return new BuiltImage.PlatformImage(
                image.base().platform(),
                image.manifest().descriptor(),
                image.config().descriptor(),
                image.base().digest());
    }
}
