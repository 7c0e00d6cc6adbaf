package io.jenkins.plugins.airworthy.image.manifest;

import java.util.Locale;
import java.util.Set;

/** The known media types; content of other types is copied as bytes or refused, never guessed. */
public final class MediaTypes {
    public static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    public static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    public static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";
    public static final String OCI_EMPTY = "application/vnd.oci.empty.v1+json";
    public static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar";
    public static final String OCI_LAYER_GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";
    public static final String OCI_LAYER_ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";
    public static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    public static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    public static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
    public static final String DOCKER_LAYER_GZIP = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    public static final Set<String> IMAGES = Set.of(OCI_MANIFEST, DOCKER_MANIFEST);
    public static final Set<String> INDEXES = Set.of(OCI_INDEX, DOCKER_LIST);
    public static final Set<String> CONFIGS = Set.of(OCI_CONFIG, DOCKER_CONFIG);

    /** Layers that are not compressed, so that their digest is that of their content. */
    public static final Set<String> PLAIN_LAYERS = Set.of(OCI_LAYER, "application/vnd.docker.image.rootfs.diff.tar");

    private MediaTypes() {}

    /** Whether it is a layer that its maker does not let others distribute, Windows' for example. */
    public static boolean isForeign(String layer) {
        String type = layer.toLowerCase(Locale.ROOT);
        return type.contains(".nondistributable.") || type.contains(".foreign.");
    }
}
