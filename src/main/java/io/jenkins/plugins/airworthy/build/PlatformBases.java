package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.Progress;
import io.jenkins.plugins.airworthy.image.manifest.Manifest;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.store.ImageStore;

import java.util.List;
import java.util.Optional;

/**
 * The bases of the images of all platforms.
 *
 * @param store the store with the layers; empty for scratch
 * @param named the base's reference and digest; empty for scratch
 */
record PlatformBases(List<BaseImage> images, Optional<ImageStore> store, Optional<BuiltImage.Base> named) {
    PlatformBases {
        images = List.copyOf(images);
    }

    static PlatformBases scratch(List<Platform> platforms) {
        List<Platform> wanted = platforms.isEmpty() ? List.of(BaseImages.DEFAULT_PLATFORM) : platforms;
        return new PlatformBases(wanted.stream().map(BaseImage::scratch).toList(), Optional.empty(), Optional.empty());
    }

    static PlatformBases read(ImageReference reference, ImageStore store, List<Platform> platforms, Progress progress)
            throws AirworthyException, InterruptedException {
        BaseImages images = new BaseImages(reference, store);
        Manifest base = images.resolve();
        if (reference.digest().isEmpty()) {
            progress.say("Base image " + reference + " is " + base.digest());
        }
        return new PlatformBases(
                images.of(base, platforms),
                Optional.of(store),
                Optional.of(new BuiltImage.Base(reference, base.digest())));
    }
}
