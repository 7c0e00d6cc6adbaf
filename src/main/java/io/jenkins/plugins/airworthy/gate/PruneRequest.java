package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;

import java.util.List;

/**
 * A request to remove the statements of an image that no longer decide anything.
 *
 * @param signers the signers whose statements may be removed; statements of others remain
 * @param policies the policies whose verdict must not change; if one of them counts all evidence, only copies are removed
 */
public record PruneRequest(ImageReference image, TrustedSigners signers, List<Policy> policies) {
    public PruneRequest {
        policies = List.copyOf(policies);
    }
}
