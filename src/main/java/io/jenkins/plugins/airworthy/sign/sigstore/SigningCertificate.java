package io.jenkins.plugins.airworthy.sign.sigstore;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.document.StrictBase64;
import io.jenkins.plugins.airworthy.evidence.CertificateExtension;
import io.jenkins.plugins.airworthy.evidence.Signer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1UTF8String;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A certificate for one signature, as
 * <a href="https://github.com/sigstore/fulcio/blob/main/docs/certificate-specification.md">Fulcio issues them</a>: it has one subject
 * (an e-mail address or a URI) and the issuer of its identity token. Refuses CA certificates, certificates not for code
 * signing, certificates without an issuer or without exactly one subject, and those with an extension about the build that cannot
 * be read.
 */
record SigningCertificate(X509Certificate x509, Signer.Identity identity) {
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String ISSUER = "1.3.6.1.4.1.57264.1.8";
    private static final String OLD_ISSUER = "1.3.6.1.4.1.57264.1.1";
    private static final int EMAIL = 1;
    private static final int URI = 6;
    private static final int MAX_CHAIN = 8;

    /** Reads the certificate of a bundle: a single one, or the first of a list, whose others are ignored. */
    static SigningCertificate parse(JsonObject material) throws InvalidInputException {
        Optional<JsonObject> alone = material.optionalObject("certificate");
        if (alone.isPresent()) {
            return of(decode(alone.get()), material.what());
        }
        JsonObject chain = material.object("x509CertificateChain");
        chain.allowOnly(Set.of("certificates"));
        List<JsonObject> entries = chain.objects("certificates");
        if (entries.isEmpty() || entries.size() > MAX_CHAIN) {
            throw chain.error("certificates", "expected 1 to " + MAX_CHAIN + ", found " + entries.size());
        }
        for (JsonObject entry : entries) {
            X509Certificate certificate = decode(entry);
            if (certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
                throw chain.error("certificates", "must not contain a root, which only the trusted root may name");
            }
        }
        return of(decode(entries.get(0)), material.what());
    }

    private static X509Certificate decode(JsonObject holder) throws InvalidInputException {
        holder.allowOnly(Set.of("rawBytes"));
        return Certificates.decode(StrictBase64.member(holder, "rawBytes"), holder, "rawBytes");
    }

    static SigningCertificate of(X509Certificate certificate, String bundle) throws InvalidInputException {
        String what = bundle + ": certificate";
        boolean[] usage = certificate.getKeyUsage();
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            if (Certificates.isAuthority(certificate)
                    || usage == null
                    || !usage[0]
                    || purposes == null
                    || !purposes.contains(CODE_SIGNING)) {
                throw new InvalidInputException(what + ": was not made for signing artefacts");
            }
            return new SigningCertificate(
                    certificate,
                    new Signer.Identity(
                            issuer(certificate, what), subject(certificate, what), extensions(certificate, what)));
        } catch (CertificateParsingException e) {
            throw new InvalidInputException(what + ": its extensions cannot be read", e);
        }
    }

    private static String subject(X509Certificate certificate, String what)
            throws CertificateParsingException, InvalidInputException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        if (names == null || names.size() != 1) {
            throw new InvalidInputException(what + ": expected exactly one subject alternative name, found "
                    + (names == null ? 0 : names.size()));
        }
        List<?> name = names.iterator().next();
        if ((name.get(0).equals(EMAIL) || name.get(0).equals(URI)) && name.get(1) instanceof String text) {
            return text;
        }
        throw new InvalidInputException(what + ": its subject is neither an e-mail address nor a URI");
    }

    private static String issuer(X509Certificate certificate, String what) throws InvalidInputException {
        Optional<byte[]> now = extension(certificate, ISSUER, what);
        Optional<byte[]> old = extension(certificate, OLD_ISSUER, what);
        if (now.isEmpty()) {
            return text(old.orElseThrow(() -> new InvalidInputException(
                    what + ": does not name the issuer of the identity that it was issued for")));
        }
        try {
            String issuer = ASN1UTF8String.getInstance(now.get()).getString();
            if (old.isPresent() && !Arrays.equals(issuer.getBytes(StandardCharsets.UTF_8), old.get())) {
                throw new InvalidInputException(what + ": names two different issuers");
            }
            return issuer;
        } catch (RuntimeException e) { // BouncyCastle throws many unchecked exceptions for damage
            throw new InvalidInputException(what + ": the issuer that it names cannot be read", e);
        }
    }

    private static Map<CertificateExtension, String> extensions(X509Certificate certificate, String what)
            throws InvalidInputException {
        Map<CertificateExtension, String> extensions = new EnumMap<>(CertificateExtension.class);
        for (CertificateExtension each : CertificateExtension.values()) {
            Optional<byte[]> value = extension(certificate, each.identifier(), what);
            if (value.isPresent()) {
                String text = extensionText(value.get(), what + ": its extension " + each);
                if (!text.isEmpty()) {
                    extensions.put(each, text);
                }
            }
        }
        return extensions;
    }

    private static String extensionText(byte[] value, String what) throws InvalidInputException {
        String text;
        try {
            text = ASN1UTF8String.getInstance(value).getString();
        } catch (RuntimeException e) {
            throw new InvalidInputException(what + " cannot be read", e);
        }
        if (text.length() > CertificateExtension.MAX_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInputException(what + " has more than the allowed " + CertificateExtension.MAX_LENGTH
                    + " characters, or control characters");
        }
        return text;
    }

    private static Optional<byte[]> extension(X509Certificate certificate, String identifier, String what)
            throws InvalidInputException {
        byte[] value = certificate.getExtensionValue(identifier);
        try {
            return value == null
                    ? Optional.empty()
                    : Optional.of(ASN1OctetString.getInstance(value).getOctets());
        } catch (RuntimeException e) {
            throw new InvalidInputException(what + ": an extension cannot be read", e);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
