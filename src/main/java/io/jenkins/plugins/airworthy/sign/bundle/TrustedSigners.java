package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.evidence.IdentityPattern;
import io.jenkins.plugins.airworthy.sign.key.TrustedKey;
import io.jenkins.plugins.airworthy.sign.sigstore.CertificateTrust;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Whom a reader of evidence believes: these keys, and of those who signed with a certificate these identities. Without
 * the trust in an instance's authorities no certificate is believed, and without an identity nobody's is.
 */
public record TrustedSigners(
        List<TrustedKey> keys, Optional<CertificateTrust> certificates, List<IdentityPattern> identities) {
    public TrustedSigners {
        keys = List.copyOf(keys);
        identities = List.copyOf(identities);
    }

    /** Only these keys. */
    public static TrustedSigners of(Collection<TrustedKey> keys) {
        return new TrustedSigners(List.copyOf(keys), Optional.empty(), List.of());
    }
}
