package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What to build. {@link ImageBuilder} refuses a request that breaks {@link RequestRules} before it reads or writes
 * anything.
 *
 * @param base the image to build upon; absent builds from scratch
 * @param copies one layer each, later ones above earlier ones
 * @param platforms none means the base's only platform, or linux/amd64; several make an image index
 * @param created what the image says of its age; the same time is needed for the same digest
 */
public record BuildRequest(
        Optional<ImageReference> base,
        List<FileCopy> copies,
        ContainerSettings settings,
        List<Platform> platforms,
        Instant created) {
    /** The word for no base image. */
    public static final String SCRATCH = "scratch";

    public BuildRequest {
        copies = List.copyOf(copies);
        platforms = List.copyOf(platforms);
    }

    /** A request with the default age, 1970-01-01. */
    public BuildRequest(
            Optional<ImageReference> base,
            List<FileCopy> copies,
            ContainerSettings settings,
            List<Platform> platforms) {
        this(base, copies, settings, platforms, Instant.EPOCH);
    }
}
