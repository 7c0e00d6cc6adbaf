package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.image.store.TemporaryFolder;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds an image from files on a base image, or from scratch, and publishes it: blobs first, manifests next, the tag
 * last. The same request gives the same digest on every machine. Refuses requests that break {@link RequestRules}, and a
 * target without a tag: no name would lead to the image.
 */
public final class ImageBuilder {
    private final ImageStores stores;

    public ImageBuilder(ImageStores stores) {
        this.stores = stores;
    }

    /**
     * Builds and publishes an image.
     *
     * @param target the tag that will point at the image
     */
    public BuiltImage build(BuildRequest request, ImageReference target, Progress progress)
            throws AirworthyException, InterruptedException {
        RequestRules.require(request);
        String tag = target.newTag();
        oneWord(request.settings()).ifPresent(progress::say);
        List<LayerPlan> plans = new ArrayList<>();
        for (FileCopy copy : request.copies()) {
            plans.add(SourceFiles.find(copy));
        }
        if (request.base().isEmpty()) {
            return publish(request, plans, PlatformBases.scratch(request.platforms()), target, tag, progress);
        }
        for (LayerPlan plan : plans) {
            SharedFolders.requireUntouched(plan);
        }
        try (ImageStore store = stores.open(request.base().get())) {
            PlatformBases bases = PlatformBases.read(request.base().get(), store, request.platforms(), progress);
            return publish(request, plans, bases, target, tag, progress);
        }
    }

    private BuiltImage publish(
            BuildRequest request,
            List<LayerPlan> plans,
            PlatformBases bases,
            ImageReference target,
            String tag,
            Progress progress)
            throws AirworthyException, InterruptedException {
        try (TemporaryFolder work = TemporaryFolder.create("airworthy-build-");
                ImageStore store = stores.open(target)) {
            LayerWriter writer = new LayerWriter(work.path());
            List<LayerWriter.Layer> layers = new ArrayList<>();
            for (LayerPlan plan : plans) {
                layers.add(writer.write(plan, layers.size(), progress));
            }
            AssembledImage image = AssembledImage.of(bases, request, layers);
            new Publication(bases.store(), store, progress).publish(image.images(), layers, image.whole(), tag);
            return image.at(target, bases, layers);
        }
    }

    /** A program and its arguments in one text: the name of a program may contain blanks, but that is hardly meant. */
    private static Optional<String> oneWord(ContainerSettings settings) {
        return settings.entrypoint()
                .filter(words -> words.size() == 1 && words.get(0).strip().contains(" "))
                .map(
                        words -> "the entrypoint is the one word '" + words.get(0)
                                + "', the name of a program with blanks in it: if its arguments are meant, give each word on its own");
    }
}
