package io.jenkins.plugins.airworthy.sign.sigstore;

import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;

/** With what a signature is to be verified, as a log's entry names it. */
final class LoggedVerifier {
    private final String label;
    private final String member;
    private final byte[] der;

    /**
     * What has these bytes.
     *
     * @param label of PEM
     * @param member of a version 2 entry
     */
    private LoggedVerifier(String label, String member, byte[] der) {
        this.label = label;
        this.member = member;
        this.der = der;
    }

    static LoggedVerifier of(X509Certificate certificate) {
        try {
            return new LoggedVerifier("CERTIFICATE", "x509Certificate", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    static LoggedVerifier of(PublicKey key) {
        return new LoggedVerifier("PUBLIC KEY", "publicKey", key.getEncoded());
    }

    String member() {
        return member;
    }

    /** Whether a PEM text holds this and nothing else. */
    boolean isPem(String text) {
        String begin = "-----BEGIN " + label + "-----";
        String end = "-----END " + label + "-----";
        String trimmed = text.strip();
        if (!trimmed.startsWith(begin) || !trimmed.endsWith(end) || trimmed.length() < begin.length() + end.length()) {
            return false;
        }
        String inner = trimmed.substring(begin.length(), trimmed.length() - end.length());
        try {
            return isDer(Base64.getDecoder().decode(inner.replaceAll("[\r\n]", "")));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    boolean isDer(byte[] other) {
        return Arrays.equals(der, other);
    }
}
