package io.jenkins.plugins.airworthy.image.manifest;

import io.jenkins.plugins.airworthy.image.name.Digest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The result of reading an image's base, by the digest in its provenance. */
public sealed interface FoundBase {
    /**
     * The base was read.
     *
     * @param layers digests of the layers as they are stored, for each platform of the base
     */
    record Read(Map<Platform, List<Digest>> layers) implements FoundBase {
        public Read {
            Map<Platform, List<Digest>> copy = new LinkedHashMap<>();
            layers.forEach((platform, digests) -> copy.put(platform, List.copyOf(digests)));
            layers = Map.copyOf(copy);
        }

        /** The number of layers that an image has from this base; 0 if the base has no image for its platform. */
        public int count(PlatformImage image) {
            return layersFor(image.platform()).map(List::size).orElse(0);
        }

        /**
         * Returns why an image was not built on this base; empty if it was.
         *
         * @param named the base, for the message
         */
        public Optional<String> problem(PlatformImage image, String named) {
            Optional<List<Digest>> base = layersFor(image.platform());
            if (base.isEmpty()) {
                return Optional.of(named + " has no image for " + image.platform());
            }
            if (base.get().isEmpty()) {
                return Optional.of(named + " has no layers, so every image would begin with it");
            }
            List<Digest> own =
                    image.manifest().layers().stream().map(Descriptor::digest).toList();
            int length = base.get().size();
            return own.size() >= length && own.subList(0, length).equals(base.get())
                    ? Optional.empty()
                    : Optional.of("the image's layers do not begin with those of " + named);
        }

        /** An index may leave out the variant that a config writes, so the only one of an architecture will do too. */
        private Optional<List<Digest>> layersFor(Platform platform) {
            if (layers.containsKey(platform)) {
                return Optional.of(layers.get(platform));
            }
            List<Platform> near = layers.keySet().stream()
                    .filter(p ->
                            p.os().equals(platform.os()) && p.architecture().equals(platform.architecture()))
                    .toList();
            return near.size() == 1 ? Optional.of(layers.get(near.get(0))) : Optional.empty();
        }
    }

    /** The base could not be read, and why. */
    record Unread(String reason) implements FoundBase {}
}
