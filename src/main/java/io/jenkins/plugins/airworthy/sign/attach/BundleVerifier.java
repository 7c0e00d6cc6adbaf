package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.AirworthyException;
import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.bundle.Bundle;
import io.jenkins.plugins.airworthy.sign.bundle.DsseEnvelope;
import io.jenkins.plugins.airworthy.sign.bundle.TrustedSigners;
import io.jenkins.plugins.airworthy.sign.bundle.VerificationMaterial;

import java.util.Optional;

/**
 * Verifies that a bundle was signed by a trusted key or identity and is about this digest. The payload is
 * not parsed before its signature was verified.
 */
final class BundleVerifier {
    /**
     * Maximum size of a bundle without its statement, in bytes: a key signs only the statement, and certificates, log entries and
     * timestamps have about ten thousand.
     */
    static final int MAX_BYTES_BESIDE = 64 * 1024;

    private final BelievedStatements statements;
    private final Digest subject;
    private final BelievedSigners signers;
    private final Optional<Inspection> inspection;

    BundleVerifier(Digest subject, TrustedSigners signers) {
        this(subject, signers, false, Optional.empty());
    }

    BundleVerifier(Digest subject, TrustedSigners signers, boolean heads, Optional<Inspection> inspection) {
        this.statements = new BelievedStatements(subject, heads);
        this.subject = subject;
        this.signers = new BelievedSigners(subject, signers);
        this.inspection = inspection;
    }

    EvidenceCheck judge(Digest manifest, byte[] bytes, String what) throws AirworthyException {
        Bundle bundle = Bundle.attached(bytes, what);
        inspection.ifPresent(notes -> notes.saw(manifest, bundle.material()));
        DsseEnvelope envelope = ((Bundle.Content.Envelope) bundle.content()).envelope();
        int beside = bytes.length - envelope.payloadSize() / 3 * 4;
        if (beside > MAX_BYTES_BESIDE) {
            throw new InvalidInputException(what + ": has " + beside
                    + " bytes besides its statement, more than the allowed " + MAX_BYTES_BESIDE);
        }
        BelievedSigners.Believed signer = bundle.material() instanceof VerificationMaterial.ManagedKey material
                ? signers.proven(
                        signers.key(envelope::isSignedBy, envelope.payloadDigest(), material::names, what),
                        material.json(),
                        bundle.mustBeProven(),
                        envelope.signed().content())
                : signers.identity(bundle.material().json(), bundle.mustBeProven(), envelope.signed(), what);
        Statement statement = statements.in(envelope, what);
        if (!statement.subject().digest().equals(subject)) {
            throw new InvalidInputException(what + ": its statement is about "
                    + statement.subject().digest() + ", but it was attached to " + subject);
        }
        return new EvidenceCheck.Believed(new AttachedStatement(
                signer.evidence(statement, manifest, envelope.payloadDigest()), Optional.empty()));
    }
}
