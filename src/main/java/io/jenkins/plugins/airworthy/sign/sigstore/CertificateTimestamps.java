package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.image.name.Digest;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The signed certificate timestamps (SCTs) in a certificate (<a href="https://www.rfc-editor.org/rfc/rfc6962#section-3.3">RFC 6962,
 * section 3.3</a>), which show that the certificate was not issued secretly. Refuses a certificate without an SCT of a log of the
 * trusted root, made while that log was trusted.
 */
final class CertificateTimestamps {
    private static final String EXTENSION = "1.3.6.1.4.1.11129.2.4.2";
    private static final int EXTENSIONS_TAG = 3;
    private static final int LOG_ID_BYTES = 32;
    private static final int MAX_PROMISES = 20;
    private static final int PRECERTIFICATE = 1;

    private final X509Certificate certificate;
    private final X509Certificate issuer;
    private final String what;

    private CertificateTimestamps(X509Certificate certificate, X509Certificate issuer, String what) {
        this.certificate = certificate;
        this.issuer = issuer;
        this.what = what + ": certificate: signed certificate timestamp";
    }

    static void check(X509Certificate certificate, X509Certificate issuer, TrustedRoot root, String what)
            throws InvalidInputException {
        new CertificateTimestamps(certificate, issuer, what).check(root);
    }

    private void check(TrustedRoot root) throws InvalidInputException {
        byte[] extension = certificate.getExtensionValue(EXTENSION);
        if (extension == null) {
            throw new InvalidInputException(what + ": is missing");
        }
        try {
            // The list is in an octet string, which is in the octet string of the extension.
            byte[] inner = ASN1OctetString.getInstance(extension).getOctets();
            ByteBuffer list = ByteBuffer.wrap(ASN1OctetString.getInstance(inner).getOctets());
            ByteBuffer promises = part(list, Short.toUnsignedInt(list.getShort()));
            for (int i = 0; i < MAX_PROMISES && promises.hasRemaining(); i++) {
                if (verifies(part(promises, Short.toUnsignedInt(promises.getShort())), root)) {
                    return;
                }
            }
        } catch (RuntimeException e) { // BouncyCastle throws many unchecked exceptions for damage
            throw new InvalidInputException(what + ": cannot be read", e);
        }
        throw new InvalidInputException(
                what + ": none verifies with a certificate log that the trusted root names and that was trusted then");
    }

    private boolean verifies(ByteBuffer promise, TrustedRoot root) throws InvalidInputException {
        int version = promise.get();
        byte[] id = bytes(promise, LOG_ID_BYTES);
        long milliseconds = promise.getLong();
        byte[] extensions = bytes(promise, Short.toUnsignedInt(promise.getShort()));
        promise.getShort(); // hash and signature algorithm: the log's key has one
        byte[] signature = bytes(promise, Short.toUnsignedInt(promise.getShort()));
        Optional<TransparencyLog> log = root.certificateLog(HexFormat.of().formatHex(id));
        return version == 0
                && log.isPresent()
                && log.get().validity().contains(Instant.ofEpochMilli(milliseconds))
                && log.get().key().verify(signed(milliseconds, extensions), signature);
    }

    private byte[] signed(long milliseconds, byte[] extensions) throws InvalidInputException {
        byte[] precertificate = precertificate();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(0); // version 1
            out.writeByte(0); // a certificate's timestamp
            out.writeLong(milliseconds);
            out.writeShort(PRECERTIFICATE);
            out.write(Digest.of(issuer.getPublicKey().getEncoded()).bytes());
            out.writeByte(precertificate.length >> 16);
            out.writeShort(precertificate.length);
            out.write(precertificate);
            out.writeShort(extensions.length);
            out.write(extensions);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    /** Returns what the log signed: the TBS certificate without the SCTs. */
    private byte[] precertificate() throws InvalidInputException {
        ASN1ObjectIdentifier own = new ASN1ObjectIdentifier(EXTENSION);
        try {
            ASN1EncodableVector parts = new ASN1EncodableVector();
            for (ASN1Encodable part : ASN1Sequence.getInstance(certificate.getTBSCertificate())) {
                if (part instanceof ASN1TaggedObject tagged && tagged.hasContextTag(EXTENSIONS_TAG)) {
                    ASN1EncodableVector kept = new ASN1EncodableVector();
                    for (ASN1Encodable extension : ASN1Sequence.getInstance(tagged, true)) {
                        if (!ASN1Sequence.getInstance(extension).getObjectAt(0).equals(own)) {
                            kept.add(extension);
                        }
                    }
                    parts.add(new DERTaggedObject(true, EXTENSIONS_TAG, new DERSequence(kept)));
                } else {
                    parts.add(part);
                }
            }
            return new DERSequence(parts).getEncoded(ASN1Encoding.DER);
        } catch (CertificateEncodingException | IOException e) {
            throw new InvalidInputException(what + ": the certificate cannot be parsed", e);
        }
    }

    private static ByteBuffer part(ByteBuffer from, int length) {
        return ByteBuffer.wrap(bytes(from, length));
    }

    private static byte[] bytes(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }
}
