package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;

import java.util.List;
import java.util.Optional;

/**
 * A request to judge an image by a policy. Of the signers with certificates, only the identities that the policy names
 * are believed, and none without a trusted root.
 *
 * @param target where the image would be promoted to; without it the policy's {@code to} and {@code tags} are not judged
 * @param keys the public keys for the names that the policy may use in {@code trust}
 * @param certificates verifies certificates against a trusted root
 */
public record VerifyRequest(
        ImageReference image,
        Optional<ImageReference> target,
        Policy policy,
        List<TrustedKey> keys,
        Optional<CertificateTrust> certificates) {
    public VerifyRequest {
        keys = List.copyOf(keys);
    }

    /** Creates a request that believes keys only. */
    public VerifyRequest(ImageReference image, Optional<ImageReference> target, Policy policy, List<TrustedKey> keys) {
        this(image, target, policy, keys, Optional.empty());
    }

    /** Returns the trusted signers for which this request has no key or root. */
    public MissingTrust missingTrust() {
        return MissingTrust.of(policy, keys, certificates);
    }

    TrustedSigners signers() {
        return new TrustedSigners(keys, certificates, policy.identities());
    }
}
