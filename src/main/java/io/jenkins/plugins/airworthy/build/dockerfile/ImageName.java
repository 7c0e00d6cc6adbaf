package io.jenkins.plugins.airworthy.build.dockerfile;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.RegistryReference;

import java.util.Set;

/**
 * The name of an image as a Dockerfile writes it: without a registry it is one of Docker Hub, without a tag it is {@code latest}, and
 * beside a digest a tag says nothing.
 */
final class ImageName {
    private static final String DOCKER_HUB = "docker.io/";

    /** Before a colon a builder takes these for the place of an image that is in no registry. */
    private static final Set<String> TRANSPORTS = Set.of(
            "dir",
            "docker",
            "docker-archive",
            "docker-daemon",
            "containers-storage",
            "oci",
            "oci-archive",
            "ostree",
            "sif",
            "tarball",
            "atomic",
            "docker-image",
            "oci-layout");

    private ImageName() {}

    static RegistryReference parse(String name, int line) throws InvalidInputException {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean hosted = first.contains(".") || first.contains(":") || first.equals("localhost");
        if (TRANSPORTS.contains(first.replaceFirst(":.*", ""))) {
            throw Instruction.error(line, "'" + name + "' is in no registry: a builder takes it for another place");
        }
        ImageReference parsed;
        try {
            parsed = ImageReference.parse(hosted ? name : DOCKER_HUB + name);
        } catch (InvalidInputException e) {
            throw Instruction.error(line, e.getMessage());
        }
        if (!(parsed instanceof RegistryReference image)) {
            throw Instruction.error(line, "'" + name + "' is in no registry");
        }
        if (image.digest().isPresent()) {
            return image.at(image.digest().get());
        }
        return image.tag().isPresent() ? image : image.tagged("latest");
    }
}
