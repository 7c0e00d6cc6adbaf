package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;

import java.util.List;
import java.util.Optional;

/**
 * Asks whether an image passes a policy. Of those who signed with certificates, only the identities that the policy names
 * are believed, and nobody where no trusted root is given.
 *
 * @param target where the image would be promoted to; the policy's {@code to} and {@code tags} are only judged with one
 * @param keys the public keys behind the names that the policy may use in {@code trust}
 * @param certificates checks certificates by a trusted root
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

    /** Believes keys only. */
    public VerifyRequest(ImageReference image, Optional<ImageReference> target, Policy policy, List<TrustedKey> keys) {
        this(image, target, policy, keys, Optional.empty());
    }

    /** Whom the policy trusts in vain. */
    public MissingTrust missingTrust() {
        return MissingTrust.of(policy, keys, certificates);
    }

    TrustedSigners signers() {
        return new TrustedSigners(keys, certificates, policy.identities());
    }
}
