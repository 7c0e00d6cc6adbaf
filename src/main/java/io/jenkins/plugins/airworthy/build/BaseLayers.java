package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.MediaTypes;

import java.util.Map;
import java.util.Set;

/**
 * Converts the layers of a base image: bytes, digest and size remain, and Docker's media type of a compressed archive becomes
 * OCI's media type of the same format. Refuses foreign layers, which may not be copied, and unknown types.
 */
final class BaseLayers {
    private static final Set<String> PASSED_ON =
            Set.of(MediaTypes.OCI_LAYER, MediaTypes.OCI_LAYER_GZIP, MediaTypes.OCI_LAYER_ZSTD);

    /** OCI image specification, media-types.md, "Compatibility matrix". */
    private static final Map<String, String> DOCKER_NAMES = Map.of(
            MediaTypes.DOCKER_LAYER_GZIP,
            MediaTypes.OCI_LAYER_GZIP,
            "application/vnd.docker.image.rootfs.diff.tar",
            MediaTypes.OCI_LAYER,
            "application/vnd.docker.image.rootfs.diff.tar.zstd",
            MediaTypes.OCI_LAYER_ZSTD);

    private BaseLayers() {}

    static Descriptor inOciTerms(Descriptor layer, String image) throws InvalidInputException {
        String type = layer.mediaType();
        if (PASSED_ON.contains(type)) {
            return new Descriptor(type, layer.digest(), layer.size());
        }
        if (DOCKER_NAMES.containsKey(type)) {
            return new Descriptor(DOCKER_NAMES.get(type), layer.digest(), layer.size());
        }
        if (MediaTypes.isForeign(type)) {
            throw new InvalidInputException(image + " has the foreign layer " + layer.digest()
                    + ", which its maker does not let others distribute: choose another base image");
        }
        throw new InvalidInputException(
                image + ": layer " + layer.digest() + " is of the type '" + type + "', which is not understood");
    }
}
