package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.evidence.VerifiedEvidence;
import io.jenkins.plugins.airworthy.image.Digest;

/**
 * Decides whether a bundle is believed: signed by one of these keys or identities, and about this digest. The payload is
 * not even parsed before its signature has been verified.
 */
final class BundleVerifier {
    private final BelievedStatements statements = new BelievedStatements();
    private final Digest subject;
    private final BelievedSigners signers;

    BundleVerifier(Digest subject, TrustedSigners signers) {
        this.subject = subject;
        this.signers = new BelievedSigners(subject, signers);
    }

    Judgement judge(Digest manifest, byte[] bytes, String what) throws AirworthyException {
        Bundle bundle = Bundle.attached(bytes, what);
        DsseEnvelope envelope = ((Bundle.Content.Envelope) bundle.content()).envelope();
        Signer signer = bundle.material() instanceof VerificationMaterial.ManagedKey material
                ? signers.key(envelope::isSignedBy, envelope.payloadDigest(), material::names, what)
                : signers.identity(bundle.material().json(), bundle.mustBeProven(), envelope.signed(), what);
        Statement statement = statements.in(envelope, what);
        if (!statement.subject().digest().equals(subject)) {
            throw new InvalidInputException(what + ": its statement is about "
                    + statement.subject().digest() + " and was attached to " + subject);
        }
        return new Judgement.Believed(new VerifiedEvidence(statement, signer, manifest, envelope.payloadDigest()));
    }
}
