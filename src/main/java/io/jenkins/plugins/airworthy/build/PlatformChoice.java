package io.jenkins.plugins.airworthy.build;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.Descriptor;
import io.jenkins.plugins.airworthy.image.ImageReference;
import io.jenkins.plugins.airworthy.image.IndexManifest;
import io.jenkins.plugins.airworthy.image.Platform;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the one child of an index that is meant by a platform; refuses to guess between several. */
record PlatformChoice(ImageReference reference, IndexManifest index) {
    /** Variants that an architecture has when none is written (containerd's platform normalisation). */
    private static final Map<String, String> DEFAULT_VARIANTS = Map.of("arm64", "v8", "arm", "v7", "amd64", "v1");

    Descriptor childFor(Platform wanted) throws InvalidInputException {
        List<Descriptor> children = index.manifests().stream()
                .filter(child -> child.platform()
                        .filter(platform -> suits(platform, wanted))
                        .isPresent())
                .toList();
        if (children.size() == 1) {
            return children.get(0);
        }
        boolean unnamed =
                index.manifests().stream().anyMatch(child -> child.platform().isEmpty());
        throw new InvalidInputException("base image " + reference
                + (children.isEmpty() ? " is not for " + wanted : " has " + children.size() + " images for " + wanted)
                + ": it offers " + offered()
                + (children.isEmpty() && !unnamed ? "" : "; name the one that you mean by its own digest"));
    }

    /** What the index says of its children, also of those of which it says nothing. */
    private String offered() {
        List<String> platforms = index.manifests().stream()
                .map(child -> child.platform().map(Platform::toString).orElse("an image without a platform"))
                .filter(platform -> !platform.startsWith("unknown/"))
                .toList();
        return platforms.isEmpty() ? "no image" : String.join(", ", platforms);
    }

    /** Whether both mean the same machines; {@code arm64} and {@code arm64/v8} do. */
    static boolean suits(Platform offered, Platform wanted) {
        return offered.os().equals(wanted.os())
                && offered.architecture().equals(wanted.architecture())
                && variant(offered).equals(variant(wanted));
    }

    private static Optional<String> variant(Platform platform) {
        return platform.variant().or(() -> Optional.ofNullable(DEFAULT_VARIANTS.get(platform.architecture())));
    }
}
