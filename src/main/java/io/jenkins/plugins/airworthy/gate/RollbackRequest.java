package io.jenkins.plugins.airworthy.gate;

import io.jenkins.plugins.airworthy.evidence.Observer;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.policy.Policy;
import io.jenkins.plugins.airworthy.sign.bundle.StatementSigner;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;

import java.util.List;
import java.util.Optional;

/**
 * A request to bring an earlier image back to a target, if it passes the policy of today.
 *
 * @param target with the tag to move and without a digest
 * @param to which image; empty for the newest that may come back
 * @param summaryKey signs the verification summary, as in {@link PromoteRequest}
 * @param verifier the URI that identifies this gate in the summary
 * @param observer the observer that the summary names for this gate
 * @param reason why, for the ledger
 */
public record RollbackRequest(
        ImageReference target,
        Optional<Digest> to,
        Policy policy,
        List<TrustedKey> keys,
        Optional<CertificateTrust> certificates,
        Optional<? extends StatementSigner> summaryKey,
        String verifier,
        Observer observer,
        String reason) {
    public RollbackRequest {
        keys = List.copyOf(keys);
    }

    /** Returns the trusted signers for which this request has no key or root. */
    public MissingTrust missingTrust() {
        return MissingTrust.of(policy, keys, certificates);
    }

    /** The promotion that brought the image there, as it would be asked for today. */
    PromoteRequest promotion(ImageReference source) {
        return new PromoteRequest(source, target, policy, keys, certificates, summaryKey, verifier, observer);
    }
}
