package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The signers that a reader of evidence believes: these keys, and these identities of signers with certificates. Without
 * trust in the authorities of a Sigstore instance, or without identities, no certificate is believed.
 */
public record TrustedSigners(
        List<TrustedKey> keys, Optional<CertificateTrust> certificates, List<IdentityPattern> identities) {
    public TrustedSigners {
        keys = List.copyOf(keys);
        identities = List.copyOf(identities);
    }

    /** Trusts only these keys. */
    public static TrustedSigners of(Collection<TrustedKey> keys) {
        return new TrustedSigners(List.copyOf(keys), Optional.empty(), List.of());
    }
}
