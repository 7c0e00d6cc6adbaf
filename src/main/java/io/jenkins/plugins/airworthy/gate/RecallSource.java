package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;

import java.util.List;

/**
 * A list of recalls.
 *
 * @param list its repository, which has the tag {@code current}, or another tag that its publisher moves
 * @param keys that may sign it; keys that policies trust for images are not among them by themselves
 */
public record RecallSource(ImageReference list, List<TrustedKey> keys) {
    public RecallSource {
        keys = List.copyOf(keys);
    }
}
