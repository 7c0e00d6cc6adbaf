package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.X509;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;

/** Parses X.509 certificates in DER. Refuses extra bytes around a certificate. */
final class Certificates {
    /** Maximum size of a certificate, in bytes. */
    static final int MAX_BYTES = 64 * 1024;

    private Certificates() {}

    static X509Certificate decode(byte[] der, JsonObject holder, String member) throws InvalidInputException {
        if (der.length > MAX_BYTES) {
            throw holder.error(member, "a certificate has at most " + MAX_BYTES + " bytes");
        }
        try {
            X509Certificate certificate = X509.certificate(der);
            if (Arrays.equals(certificate.getEncoded(), der)) {
                return certificate;
            }
        } catch (CertificateException e) {
            throw holder.error(member, "is not a certificate");
        }
        throw holder.error(member, "is not exactly one certificate in DER");
    }

    static boolean isAuthority(X509Certificate certificate) {
        return certificate.getBasicConstraints() >= 0;
    }

    static boolean isValidAt(X509Certificate certificate, Instant time) {
        try {
            certificate.checkValidity(Date.from(time));
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }
}
