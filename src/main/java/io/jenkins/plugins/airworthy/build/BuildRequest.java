package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request to build an image. {@link ImageBuilder} refuses a request that breaks {@link RequestRules} before it reads or writes
 * anything.
 *
 * @param base the base image; empty to build from scratch
 * @param copies the copies, one layer each, later ones above earlier ones
 * @param platforms the platforms; if empty, the base's only platform, or linux/amd64; several make an image index
 * @param created the image's creation time; the same time is needed for the same digest
 */
public record BuildRequest(
        Optional<ImageReference> base,
        List<FileCopy> copies,
        ContainerSettings settings,
        List<Platform> platforms,
        Instant created) {
    /** The keyword for no base image. */
    public static final String SCRATCH = "scratch";

    public BuildRequest {
        copies = List.copyOf(copies);
        platforms = List.copyOf(platforms);
    }

    /** Creates a request with the default creation time, 1970-01-01. */
    public BuildRequest(
            Optional<ImageReference> base,
            List<FileCopy> copies,
            ContainerSettings settings,
            List<Platform> platforms) {
        this(base, copies, settings, platforms, Instant.EPOCH);
    }

    /** Refuses a request that breaks {@link RequestRules}, as every build does, without access to files. */
    public void requireAllowed() throws InvalidInputException {
        RequestRules.require(this);
    }
}
