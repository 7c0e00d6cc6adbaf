package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.sign.sigstore.SignedContent;

import java.util.Optional;

/**
 * A signed artefact other than an image: its content, or only its SHA-256. With the SHA-256
 * alone, signatures with another digest and signatures of RSA keys cannot be verified.
 */
public record Artefact(Digest digest, Optional<byte[]> content) {
    /** Creates an artefact with its content. */
    public static Artefact of(byte[] content) {
        return new Artefact(Digest.of(content), Optional.of(content));
    }

    /** Creates an artefact of which only the digest is known. */
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
