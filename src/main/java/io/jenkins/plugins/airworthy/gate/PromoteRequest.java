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
 * A request to promote an image if it passes a policy.
 *
 * @param target where to copy the image, with the tag to move and without a digest
 * @param certificates verifies certificates against a trusted root, as in {@link VerifyRequest}
 * @param summaryKey signs the verification summary that is attached at the target; without it no summary is written
 * @param verifier the URI that identifies this gate in the summary
 * @param observer the observer that the summary names for this gate
 * @param barrier why no rollback goes back beyond this promotion; recorded in the ledger, and for nothing without one
 */
public record PromoteRequest(
        ImageReference image,
        ImageReference target,
        Policy policy,
        List<TrustedKey> keys,
        Optional<CertificateTrust> certificates,
        Optional<? extends StatementSigner> summaryKey,
        String verifier,
        Observer observer,
        Optional<String> barrier) {
    public PromoteRequest {
        keys = List.copyOf(keys);
    }

    /** Creates a request that is no barrier. */
    public PromoteRequest(
            ImageReference image,
            ImageReference target,
            Policy policy,
            List<TrustedKey> keys,
            Optional<CertificateTrust> certificates,
            Optional<? extends StatementSigner> summaryKey,
            String verifier,
            Observer observer) {
        this(image, target, policy, keys, certificates, summaryKey, verifier, observer, Optional.empty());
    }

    /** The same request, beyond which no rollback goes back. */
    public PromoteRequest barring(String reason) {
        return new PromoteRequest(
                image, target, policy, keys, certificates, summaryKey, verifier, observer, Optional.of(reason));
    }

    /** Creates a request that believes keys only. */
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

    /** Returns the trusted signers for which this request has no key or root. */
    public MissingTrust missingTrust() {
        return verification().missingTrust();
    }

    VerifyRequest verification() {
        return new VerifyRequest(image, Optional.of(target), policy, keys, certificates);
    }
}
