package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;

/** Verifies a signature that was made with a certificate: first whose the certificate is, then that its key signed. */
final class CertificateSignature {
    private CertificateSignature() {}

    static Signer.Identity verify(Bundle bundle, SignedBytes signed, CertificateTrust trust, String what)
            throws InvalidInputException {
        CertificateTrust.Holder holder =
                trust.holder(bundle.material().json(), bundle.mustBeProven(), signed.content());
        VerificationKey key = VerificationKey.of(holder.key(), what + ": certificate");
        if (!signed.isSignedBy(key)) {
            throw new InvalidInputException(what + ": signature: does not verify with the key of the certificate of "
                    + holder.identity().label());
        }
        return holder.identity();
    }
}
