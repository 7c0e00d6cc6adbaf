package io.jenkins.plugins.airworthy.policy;

import io.jenkins.plugins.airworthy.Wildcard;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.NamePattern;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names of images and where they may be promoted. The captures of {@code from} must occur at the same place in the target's
 * name, so that a good image of one product cannot replace another product.
 *
 * @param to the names of targets; empty if images of this name may be verified but not promoted
 * @param tags the tags that the target may have; empty for any
 */
public record Route(NamePattern from, Optional<NamePattern> to, List<Wildcard> tags) {
    public Route {
        tags = List.copyOf(tags);
    }

    /** Returns the captures of an image's name; empty if this route does not apply to it. */
    Optional<Map<String, String>> match(ImageReference image) {
        return from.match(image);
    }

    /** Returns why an image with these captures may not be promoted to the target; empty if it may. */
    Optional<String> refusal(Map<String, String> captures, ImageReference target) {
        if (to.isEmpty()) {
            return Optional.of("'" + from + "' names no 'to', so its images are not promoted");
        }
        if (to.get().bind(captures).match(target).isEmpty()) {
            return Optional.of("the target '" + target.repository() + "' is not what '" + to.get()
                    + "' makes of this image's name");
        }
        if (tags.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> tag = target.tag();
        return tag.isPresent() && tags.stream().anyMatch(t -> t.matches(tag.get()))
                ? Optional.empty()
                : Optional.of("the target's tag '" + tag.orElse("") + "' fits none of "
                        + tags.stream().map(Wildcard::text).toList());
    }
}
