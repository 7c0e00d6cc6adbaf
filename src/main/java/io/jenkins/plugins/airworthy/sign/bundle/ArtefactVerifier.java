package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.evidence.Statement;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.SigstoreTrust;

import java.util.Set;

/**
 * Verifies a Sigstore bundle of version 0.1 to 0.3 about an artefact that is not an image: a message signature of its bytes,
 * or an envelope around a statement about it. A valid log entry is always required. The error names the
 * check that failed and what was found.
 */
public final class ArtefactVerifier {
    private final SigstoreTrust trust;

    public ArtefactVerifier(SigstoreTrust trust) {
        this.trust = trust;
    }

    /**
     * Verifies that an identity that matches the pattern signed the artefact.
     *
     * @param what the bundle's name in errors
     */
    public Signer.Identity verify(byte[] bundle, String what, Artefact artefact, IdentityPattern expected)
            throws InvalidInputException {
        Bundle parsed = Bundle.parse(bundle, what);
        if (!(parsed.material() instanceof VerificationMaterial.ShortLivedCertificate)) {
            throw new InvalidInputException(what + ": signed with a key, but an identity is expected");
        }
        SignedBytes signed = signed(parsed, artefact, what);
        Signer.Identity identity =
                CertificateSignature.verify(parsed, signed, trust, what).identity();
        if (!expected.matches(identity)) {
            throw new InvalidInputException(
                    what + ": identity: signed by " + identity.label() + ", expected " + expected);
        }
        requireSubject(parsed, artefact, what);
        return identity;
    }

    /** Verifies that this key signed the artefact. */
    public Signer.Key verify(byte[] bundle, String what, Artefact artefact, TrustedKey key)
            throws InvalidInputException {
        Bundle parsed = Bundle.parse(bundle, what);
        if (!(parsed.material() instanceof VerificationMaterial.ManagedKey)) {
            throw new InvalidInputException(what + ": signed with a certificate, but a key is expected");
        }
        if (key.revoked().isPresent()) {
            throw new InvalidInputException(what + ": the key '" + key.name() + "' is revoked");
        }
        SignedBytes signed = signed(parsed, artefact, what);
        trust.checkLogged(
                parsed.material().json(),
                parsed.mustBeProven(),
                signed.content(),
                key.key().platformKey());
        if (!signed.isSignedBy(key.key())) {
            throw new InvalidInputException(what + ": signature: does not verify with the key '" + key.name() + "'");
        }
        requireSubject(parsed, artefact, what);
        return new Signer.Key(key.fingerprint(), Set.of(key.name()));
    }

    private static SignedBytes signed(Bundle bundle, Artefact artefact, String what) throws InvalidInputException {
        if (bundle.content() instanceof Bundle.Content.Envelope content) {
            return content.envelope().signed();
        }
        MessageSignature message = ((Bundle.Content.Message) bundle.content()).signature();
        if (!message.isAbout(artefact.digest())) {
            throw new InvalidInputException(
                    what + ": message digest: is not that of the artefact, " + artefact.digest());
        }
        return artefact.signed(message.signature());
    }

    /** Checks the subject of the content after its signature was verified. */
    private static void requireSubject(Bundle bundle, Artefact artefact, String what) throws InvalidInputException {
        if (bundle.content() instanceof Bundle.Content.Envelope content) {
            Statement statement = content.envelope().statement(what + ": statement", artefact.digest());
            if (!statement.subject().digest().equals(artefact.digest())) {
                throw new InvalidInputException(what + ": statement: is about "
                        + statement.subject().digest() + ", but the artefact is " + artefact.digest());
            }
        }
    }
}
