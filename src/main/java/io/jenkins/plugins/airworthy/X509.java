package io.jenkins.plugins.airworthy;

import java.io.ByteArrayInputStream;
import java.security.cert.CertPath;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/**
 * Reads X.509 certificates (<a href="https://www.rfc-editor.org/rfc/rfc5280">RFC 5280</a>) with the Java platform's parser. It does
 * not check what they say.
 */
public final class X509 {
    private X509() {}

    /**
     * Reads the first certificate, in DER or PEM, and ignores the bytes after it.
     *
     * @throws CertificateException if the bytes do not begin with a certificate
     */
    public static X509Certificate certificate(byte[] bytes) throws CertificateException {
        return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(bytes));
    }

    /**
     * Reads any number of certificates in PEM.
     *
     * @throws CertificateException if one of them cannot be read
     */
    public static List<X509Certificate> certificates(byte[] bytes) throws CertificateException {
        Collection<?> all = factory().generateCertificates(new ByteArrayInputStream(bytes));
        return all.stream().map(X509Certificate.class::cast).toList();
    }

    /** Makes a certification path, in which each certificate is signed by the next. */
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
