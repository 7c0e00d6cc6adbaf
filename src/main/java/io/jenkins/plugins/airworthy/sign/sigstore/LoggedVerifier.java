package io.jenkins.plugins.airworthy.sign.sigstore;

import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;

/** The key or certificate for verifying a signature, as in a log entry. */
final class LoggedVerifier {
    private final String label;
    private final String member;
    private final byte[] der;

    /**
     * Creates a verifier from the bytes of a key or certificate.
     *
     * @param label the PEM label
     * @param member the member of a version 2 entry
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

    /** Whether a PEM text contains exactly this. */
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
