package io.jenkins.plugins.airworthy.image.manifest;

import io.jenkins.plugins.airworthy.image.name.Digest;

/** The bytes of a manifest, their media type and digest. */
public final class ManifestBytes {
    private final String mediaType;
    private final byte[] bytes;
    private final Digest digest;

    ManifestBytes(String mediaType, byte[] bytes) {
        this.mediaType = mediaType;
        this.bytes = bytes.clone();
        this.digest = Digest.of(this.bytes);
    }

    public String mediaType() {
        return mediaType;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public Digest digest() {
        return digest;
    }

    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ManifestBytes that && digest.equals(that.digest) && mediaType.equals(that.mediaType);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return mediaType + " " + digest;
    }
}
