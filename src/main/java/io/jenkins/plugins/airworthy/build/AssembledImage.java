package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The manifests of an image, which are fully determined by its bases, its request and its layers.
 *
 * @param images the images, ordered by platform
 * @param whole the top manifest: that of the only image, or an index
 */
record AssembledImage(List<ImageAssembly.Image> images, Manifest whole) {
    AssembledImage {
        images = List.copyOf(images);
    }

    static AssembledImage of(PlatformBases bases, BuildRequest request, List<LayerWriter.Layer> layers)
            throws InvalidInputException {
        List<ImageAssembly.Image> images = new ArrayList<>();
        for (BaseImage each : bases.images()) {
            images.add(ImageAssembly.image(each, request, layers));
        }
        images.sort(Comparator.comparing(image -> image.base().platform().toString()));
        return new AssembledImage(
                images,
                request.platforms().size() > 1
                        ? ImageAssembly.index(images)
                        : images.get(0).manifest());
    }

    BuiltImage at(ImageReference target, PlatformBases bases, List<LayerWriter.Layer> layers) {
        return new BuiltImage(
                whole.descriptor(),
                target.at(whole.digest()),
                images.stream().map(AssembledImage::described).toList(),
                bases.named(),
                layers.stream()
                        .map(layer -> new BuiltImage.Layer(layer.copy(), layer.descriptor(), layer.diffId()))
                        .toList());
    }

    private static BuiltImage.ForPlatform described(ImageAssembly.Image image) {
        return new BuiltImage.ForPlatform(
                image.base().platform(),
                image.manifest().descriptor(),
                image.config().descriptor(),
                image.base().digest());
    }
}
