package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;

import java.util.List;
import java.util.Optional;

/**
 * Asks to promote an image if it passes a policy.
 *
 * @param target where to, with the tag that shall point at the image and no digest
 * @param certificates checks certificates by a trusted root, as in {@link VerifyRequest}
 * @param summaryKey signs the verification summary that is attached at the target; none is written without it
 * @param verifier the URI under which the summary names the gate that judged
 * @param observer what this gate counts as, in the summary
 */
public record PromoteRequest(
        ImageReference image,
        ImageReference target,
        Policy policy,
        List<TrustedKey> keys,
        Optional<CertificateTrust> certificates,
        Optional<? extends StatementSigner> summaryKey,
        String verifier,
        Observer observer) {
    public PromoteRequest {
        keys = List.copyOf(keys);
    }

    /** Believes keys only. */
    public PromoteRequest(
            ImageReference image,
            ImageReference target,
            Policy policy,
            List<TrustedKey> keys,
            Optional<? extends StatementSigner> summaryKey,
            String verifier,
            Observer observer) {
        this(image, target, policy, keys, Optional.empty(), summaryKey, verifier, observer);
    }

    /** Whom the policy trusts in vain. */
    public MissingTrust missingTrust() {
        return verification().missingTrust();
    }

    VerifyRequest verification() {
        return new VerifyRequest(image, Optional.of(target), policy, keys, certificates);
    }
}
