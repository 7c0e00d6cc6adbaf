package io.jenkins.plugins.airworthy.sign.attach;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;
import io.jenkins.plugins.airworthy.evidence.Signer;
import io.jenkins.plugins.airworthy.sign.bundle.VerificationMaterial;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** The signer that stored evidence names. Nothing about it is verified: everybody can write any name. */
public sealed interface SignerHint {
    /** No signer is named, or the name cannot be read. */
    record Unnamed() implements SignerHint {}

    /**
     * A key.
     *
     * @param fingerprint hexadecimal SHA-256 of the key, or any other text
     */
    record Key(String fingerprint) implements SignerHint {}

    /** The holder of a certificate. */
    record Certificate(Signer.Identity identity) implements SignerHint {}

    /** Maximum length of a key's hint, in characters. */
    int MAX_HINT = 128;

    /** The length of a SHA-256, in bytes. */
    int FINGERPRINT_BYTES = 32;

    /** Reads the holder's name in a certificate. Given from outside, since verifying the signature of a key needs no certificates. */
    @FunctionalInterface
    interface CertificateHolder {
        /**
         * Returns the claimed identity.
         *
         * @param material the {@code verificationMaterial} of a bundle
         */
        Optional<Signer.Identity> in(JsonObject material);
    }

    static SignerHint of(VerificationMaterial material, CertificateHolder holders) {
        return material instanceof VerificationMaterial.ManagedKey key
                ? key.hint().map(SignerHint::key).orElseGet(Unnamed::new)
                : holders.in(material.json()).<SignerHint>map(Certificate::new).orElseGet(Unnamed::new);
    }

    /** Returns the hint of a layer at an older tag: only a certificate names its holder. */
    static SignerHint of(LegacyLayer layer, CertificateHolder holders) {
        Optional<String> certificate = layer.annotation(LegacyTag.CERTIFICATE);
        if (certificate.isEmpty()) {
            return new Unnamed();
        }
        try {
            return holders.in(LegacyMaterial.of(layer, certificate.get()))
                    .<SignerHint>map(Certificate::new)
                    .orElseGet(Unnamed::new);
        } catch (InvalidInputException e) {
            return new Unnamed();
        }
    }

    private static SignerHint key(String hint) {
        try {
            byte[] bytes = Base64.getDecoder().decode(hint);
            if (bytes.length == FINGERPRINT_BYTES) {
                return new Key(HexFormat.of().formatHex(bytes));
            }
        } catch (IllegalArgumentException e) {
            // another kind of name
        }
        return hint.isBlank() ? new Unnamed() : new Key(hint.substring(0, Math.min(MAX_HINT, hint.length())));
    }
}
