package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;

import java.util.List;

/**
 * Asks which of an image's statements decide nothing any more.
 *
 * @param signers whose statements may be removed; those of everybody else stay
 * @param policies that must be able to decide by what stays; any policy can that does not count all evidence
 */
public record PruneRequest(ImageReference image, TrustedSigners signers, List<Policy> policies) {
    public PruneRequest {
        policies = List.copyOf(policies);
    }
}
