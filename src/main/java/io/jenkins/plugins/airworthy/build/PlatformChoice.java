package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.manifest.Descriptor;
import io.jenkins.plugins.airworthy.image.manifest.Platform;
import io.jenkins.plugins.airworthy.image.name.ImageReference;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the only child of an index for a platform; several matches are refused.
 *
 * @param children the children, each with its platform
 */
record PlatformChoice(ImageReference reference, List<Descriptor> children) {
    /** Variants that an architecture has when none is written (containerd's platform normalisation). */
    private static final Map<String, String> DEFAULT_VARIANTS = Map.of("arm64", "v8", "arm", "v7", "amd64", "v1");

    boolean offers(Platform wanted) {
        return !suiting(wanted).isEmpty();
    }

    Descriptor childFor(Platform wanted) throws InvalidInputException {
        List<Descriptor> suiting = suiting(wanted);
        if (suiting.size() == 1) {
            return suiting.get(0);
        }
        if (children.isEmpty()) {
            throw new InvalidInputException(
                    "base image " + reference + " is an index that lists no image; choose another base image");
        }
        throw new InvalidInputException("base image " + reference
                + (suiting.isEmpty() ? " is not for " + wanted : " has " + suiting.size() + " images for " + wanted)
                + ": it offers " + offered()
                + (suiting.isEmpty() ? "" : "; name the one that you mean by its own digest"));
    }

    private List<Descriptor> suiting(Platform wanted) {
        return children.stream()
                .filter(child -> child.platform()
                        .filter(platform -> suits(platform, wanted))
                        .isPresent())
                .toList();
    }

    /** Describes the platforms of all children. */
    private String offered() {
        List<String> platforms = children.stream()
                .map(child -> child.platform().map(Platform::toString).orElse("something that is not an image"))
                .filter(platform -> !platform.startsWith("unknown/"))
                .toList();
        return platforms.isEmpty() ? "no image" : String.join(", ", platforms);
    }

    /** Returns whether both name the same machines, such as {@code arm64} and {@code arm64/v8}. */
    static boolean suits(Platform offered, Platform wanted) {
        return offered.os().equals(wanted.os())
                && offered.architecture().equals(wanted.architecture())
                && variant(offered).equals(variant(wanted));
    }

    private static Optional<String> variant(Platform platform) {
        return platform.variant().or(() -> Optional.ofNullable(DEFAULT_VARIANTS.get(platform.architecture())));
    }
}
