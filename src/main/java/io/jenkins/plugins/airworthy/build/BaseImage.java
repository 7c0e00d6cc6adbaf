package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.List;
import java.util.Optional;

/**
 * The base of one platform's image: layers and a config, or only a platform.
 *
 * @param digest the digest of the platform's manifest; empty for scratch
 */
record BaseImage(Platform platform, Optional<Digest> digest, Optional<BaseConfig> config, List<Descriptor> layers) {
    BaseImage {
        layers = List.copyOf(layers);
    }

    static BaseImage scratch(Platform platform) {
        return new BaseImage(platform, Optional.empty(), Optional.empty(), List.of());
    }
}
