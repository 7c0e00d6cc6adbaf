package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.X509;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictBase64;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A certificate or timestamp authority of the trusted root. Certificates are verified with its chain only; a chain in a
 * bundle is not used (<a href="https://www.rfc-editor.org/rfc/rfc5280#section-6">RFC 5280</a>).
 *
 * @param signer the timestamp authority's own certificate, if the trusted root has it
 * @param issuers the chain from the issuer of leaf certificates to the root
 */
record Authority(Optional<X509Certificate> signer, List<X509Certificate> issuers, Validity validity) {
    private static final int MAX_CHAIN = 8;

    Authority {
        issuers = List.copyOf(issuers);
    }

    static Authority parse(JsonObject json) throws InvalidInputException {
        json.allowOnly(Set.of("subject", "uri", "certChain", "validFor", "operator"));
        JsonObject chain = json.object("certChain");
        chain.allowOnly(Set.of("certificates"));
        List<JsonObject> entries = chain.objects("certificates");
        if (entries.size() > MAX_CHAIN) {
            throw chain.error("certificates", "more than the allowed " + MAX_CHAIN);
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (JsonObject entry : entries) {
            entry.allowOnly(Set.of("rawBytes"));
            certificates.add(Certificates.decode(StrictBase64.member(entry, "rawBytes"), entry, "rawBytes"));
        }
        Optional<X509Certificate> signer = certificates.stream().findFirst().filter(c -> !Certificates.isAuthority(c));
        List<X509Certificate> issuers = certificates.subList(signer.isPresent() ? 1 : 0, certificates.size());
        if (issuers.isEmpty() || !issuers.stream().allMatch(Certificates::isAuthority)) {
            throw chain.error("certificates", "expected certificates of authorities that end in a root");
        }
        return new Authority(signer, issuers, Validity.parse(json));
    }

    X509Certificate issuer() {
        return issuers.get(0);
    }

    /** Checks that this authority issued a certificate that is valid at that time; returns the problem, or empty if it did. */
    Optional<String> refusal(X509Certificate leaf, Instant time) {
        if (!validity.contains(time)) {
            return Optional.of("the authority is trusted from " + validity + ", not at " + time);
        }
        X509Certificate root = issuers.get(issuers.size() - 1);
        List<X509Certificate> path = new ArrayList<>();
        path.add(leaf);
        path.addAll(issuers.subList(0, issuers.size() - 1));
        try {
            // PKIX does not check the validity period of the root.
            root.checkValidity(Date.from(time));
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
            parameters.setDate(Date.from(time));
            parameters.setRevocationEnabled(false); // the certificates are valid for minutes only
            CertPath chain = X509.path(path);
            CertPathValidator.getInstance("PKIX").validate(chain, parameters);
            return Optional.empty();
        } catch (InvalidAlgorithmParameterException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java cannot check certificates", e);
        } catch (CertificateException e) {
            return Optional.of("the root of its chain is not valid at " + time);
        } catch (GeneralSecurityException e) {
            return Optional.of(reason(leaf, time));
        }
    }

    /** Whether this authority's key signed the certificate, without checking anything else. */
    boolean issued(X509Certificate leaf) {
        try {
            leaf.verify(issuer().getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private String reason(X509Certificate leaf, Instant time) {
        if (!issued(leaf)) {
            return "was not issued by " + issuer().getSubjectX500Principal().getName();
        }
        for (X509Certificate certificate : issuers) {
            if (!Certificates.isValidAt(certificate, time)) {
                return "an authority in its chain is not valid at " + time;
            }
        }
        return Certificates.isValidAt(leaf, time)
                ? "its chain of authorities is not valid"
                : "is valid from " + leaf.getNotBefore().toInstant() + " to "
                        + leaf.getNotAfter().toInstant() + ", not at " + time;
    }
}
