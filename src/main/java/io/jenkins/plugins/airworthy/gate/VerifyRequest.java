package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.image.ImageReference;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.TrustedKey;

import java.util.List;
import java.util.Optional;

/**
 * Asks whether an image passes a policy.
 *
 * @param target where the image would be promoted to; the policy's {@code to} and {@code tags} are only judged with one
 * @param keys the public keys behind the names that the policy may use in {@code trust}
 */
public record VerifyRequest(
        ImageReference image, Optional<ImageReference> target, Policy policy, List<TrustedKey> keys) {
    public VerifyRequest {
        keys = List.copyOf(keys);
    }
}
