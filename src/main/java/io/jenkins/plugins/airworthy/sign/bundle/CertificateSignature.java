package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;

/** Verifies a signature made with a certificate: first the holder of the certificate, then the signature by its key. */
public final class CertificateSignature {
    private CertificateSignature() {}

    static CertificateTrust.Holder verify(Bundle bundle, SignedBytes signed, CertificateTrust trust, String what)
            throws InvalidInputException {
        return verify(bundle.material().json(), bundle.mustBeProven(), signed, trust, what);
    }

    /**
     * Verifies a signature that is not in a bundle.
     *
     * @param material the verification material that a bundle would have
     */
    public static CertificateTrust.Holder verify(
            JsonObject material, boolean mustBeProven, SignedBytes signed, CertificateTrust trust, String what)
            throws InvalidInputException {
        CertificateTrust.Holder holder = trust.holder(material, mustBeProven, signed.content());
        VerificationKey key = VerificationKey.of(holder.key(), what + ": certificate");
        if (!signed.isSignedBy(key)) {
            throw new InvalidInputException(what + ": signature: does not verify with the key of the certificate of "
                    + holder.identity().label());
        }
        return holder;
    }
}
