package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Count;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.ImageManifest;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;
import io.jenkins.plugins.airworthy.image.manifest.PlatformImage;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageReader;
import io.jenkins.plugins.airworthy.image.store.ImageStore;
import io.jenkins.plugins.airworthy.image.store.ImageStores;
import io.jenkins.plugins.airworthy.image.store.ResolvedImage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks an image that another machine claims to have built from a request with {@link ImageBuilder}. Base, request and layers determine
 * every byte of config and manifest, so they are made again from the layers in the store and must have the claimed
 * digest. Refuses an image with another base, or with other settings, platforms or layer counts; the content of the layers
 * remains the builder's claim.
 */
public final class BuildCheck {
    private final ImageStores stores;

    public BuildCheck(ImageStores stores) {
        this.stores = stores;
    }

    /**
     * Checks a built image and returns it as read from the stores.
     *
     * @param request the request, with the digest that the base had when it was resolved
     * @param target the claimed place of the image
     * @param claimed the claimed digest of the image
     */
    public BuiltImage check(BuildRequest request, ImageReference target, Digest claimed)
            throws AirworthyException, InterruptedException {
        RequestRules.require(request);
        if (request.base().isEmpty()) {
            return check(request, PlatformBases.scratch(request.platforms()), target, claimed);
        }
        try (ImageStore store = stores.open(request.base().get())) {
            PlatformBases bases = PlatformBases.read(request.base().get(), store, request.platforms(), Progress.SILENT);
            return check(request, bases, target, claimed);
        }
    }

    private BuiltImage check(BuildRequest request, PlatformBases bases, ImageReference target, Digest claimed)
            throws AirworthyException, InterruptedException {
        try (ImageStore store = stores.open(target)) {
            ResolvedImage image = ImageReader.read(store, target.at(claimed));
            if (image.platforms().isEmpty()) {
                throw new InvalidInputException(image.pinned() + " is not an image that was built here: "
                        + String.join("; ", image.problems()));
            }
            List<LayerWriter.Layer> layers = own(image, request);
            AssembledImage expected = AssembledImage.of(bases, request, layers);
            if (!expected.whole().digest().equals(claimed)) {
                throw other(image, "its base, settings, platforms or layers are not those that were asked for");
            }
            return expected.at(target, bases, layers);
        }
    }

    /** Returns the layers above the base's, which all platforms share; the digest shows whether the base's are below them. */
    private static List<LayerWriter.Layer> own(ResolvedImage image, BuildRequest request) throws InvalidInputException {
        PlatformImage first = image.platforms().get(0);
        ImageManifest manifest = first.manifest();
        int below = manifest.layers().size() - request.copies().size();
        if (below < 0 || manifest.layers().size() != first.config().diffIds().size()) {
            throw other(
                    image,
                    "it has " + Count.of(manifest.layers().size(), "layer") + " and its config names "
                            + first.config().diffIds().size());
        }
        List<LayerWriter.Layer> layers = new ArrayList<>();
        for (int i = 0; i < request.copies().size(); i++) {
            Descriptor layer = manifest.layers().get(below + i);
            layers.add(new LayerWriter.Layer(
                    request.copies().get(i),
                    new Descriptor(MediaTypes.OCI_LAYER_GZIP, layer.digest(), layer.size()),
                    first.config().diffIds().get(below + i),
                    Path.of("")));
        }
        return layers;
    }

    private static InvalidInputException other(ResolvedImage image, String why) {
        return new InvalidInputException(image.pinned() + " is not what was to be built: " + why);
    }
}
