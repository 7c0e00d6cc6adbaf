package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a builder is to do, with nothing left to decide. It goes to an agent, and may hold values of build arguments, so it is never
 * printed.
 *
 * @param dockerfile the instructions, with every image by its digest
 * @param images what the instructions name
 * @param target where the image goes, with its tag
 * @param options what else the job asks for
 */
public record BuildPlan(String dockerfile, List<PinnedImage> images, String target, BuildOptions options)
        implements Serializable {

    /**
     * An image that the builder may use.
     *
     * @param reference by digest
     * @param platform as the Dockerfile writes it; empty for the platform that is built for
     */
    public record PinnedImage(String reference, String platform) implements Serializable {}

    public BuildPlan {
        images = List.copyOf(images);
    }

    /** Makes the plan from a Dockerfile and the digests of its images. */
    public static BuildPlan of(
            Dockerfile dockerfile,
            Map<RegistryReference, RegistryReference> digests,
            RegistryReference target,
            BuildOptions options)
            throws InvalidInputException {
        target.newTag();
        dockerfile.base(Optional.of(options.target()).filter(stage -> !stage.isEmpty()));
        return new BuildPlan(
                dockerfile.pinned(digests),
                dockerfile.uses().stream()
                        .map(use -> new PinnedImage(digests.get(use.image()).toString(), use.platform()))
                        .distinct()
                        .toList(),
                target.toString(),
                options);
    }

    /** The values of build arguments, which no line of a log may show. */
    Map<String, String> secrets() {
        return new TreeMap<>(options.arguments());
    }

    @Override
    public String toString() {
        return "plan for " + target;
    }
}
