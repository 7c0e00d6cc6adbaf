package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.sigstore.SignedContent;

import java.util.Optional;

/**
 * Something other than an image that was signed: its content, or only its SHA-256 where that is all there is. With that
 * alone signatures that were made with another digest cannot be verified, nor those of RSA keys.
 */
public record Artefact(Digest digest, Optional<byte[]> content) {
    /** A content that is here. */
    public static Artefact of(byte[] content) {
        return new Artefact(Digest.of(content), Optional.of(content));
    }

    /** A content that is elsewhere. */
    public static Artefact of(Digest digest) {
        return new Artefact(digest, Optional.empty());
    }

    SignedBytes signed(byte[] signature) {
        return content.map(bytes ->
                        new SignedBytes(SignedContent.message(bytes, signature), key -> key.verify(bytes, signature)))
                .orElseGet(() -> new SignedBytes(
                        SignedContent.digestOnly(digest, signature), key -> key.verifyDigest(digest, signature)));
    }
}
