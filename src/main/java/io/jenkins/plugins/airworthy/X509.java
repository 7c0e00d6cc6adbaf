package io.jenkins.plugins.airworthy;

import java.io.ByteArrayInputStream;
import java.security.cert.CertPath;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/** X.509 certificates (RFC 5280) as the Java platform reads them. What they say is not checked here. */
public final class X509 {
    private X509() {}

    /**
     * Reads the first certificate, in DER or PEM; bytes behind it are not looked at.
     *
     * @throws CertificateException when the bytes begin with none
     */
    public static X509Certificate certificate(byte[] bytes) throws CertificateException {
        return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(bytes));
    }

    /**
     * Reads any number of certificates, in PEM.
     *
     * @throws CertificateException when one of them cannot be read
     */
    public static List<X509Certificate> certificates(byte[] bytes) throws CertificateException {
        Collection<?> all = factory().generateCertificates(new ByteArrayInputStream(bytes));
        return all.stream().map(X509Certificate.class::cast).toList();
    }

    /** A path of certificates, each signed by the next. */
    public static CertPath path(List<X509Certificate> certificates) throws CertificateException {
        return factory().generateCertPath(certificates);
    }

    private static CertificateFactory factory() {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new IllegalStateException("every Java platform reads X.509", e);
        }
    }
}
