package io.jenkins.plugins.airworthy.policy.rule;

import io.jenkins.plugins.airworthy.image.Digest;
import io.jenkins.plugins.airworthy.image.Platform;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was found in a registry under the digest that provenance names as an image's base. */
public sealed interface BaseLayers {
    /**
     * The base was read.
     *
     * @param layers digests of the layers as they are stored, for each platform of the base
     */
    record Read(Map<Platform, List<Digest>> layers) implements BaseLayers {
        public Read {
            Map<Platform, List<Digest>> copy = new LinkedHashMap<>();
            layers.forEach((platform, digests) -> copy.put(platform, List.copyOf(digests)));
            layers = Map.copyOf(copy);
        }
    }

    /** The base could not be read, and why. */
    record Unread(String reason) implements BaseLayers {}
}
