package io.jenkins.plugins.airworthy.ledger;

import io.jenkins.plugins.airworthy.image.name.Digest;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What entries are found by.
 *
 * @param field the member of the entry
 */
public record Term(String field, String value) {
    /** Entries about this image. */
    public static Term digest(Digest image) {
        return new Term("digest", image.toString());
    }

    /** Entries about this {@code repository:tag}. */
    public static Term target(String place) {
        return new Term("target", place);
    }

    /** Entries of this run. */
    public static Term run(String job) {
        return new Term("run", job);
    }

    /** Entries about this signed statement. */
    public static Term payload(Digest statement) {
        return new Term("payload", statement.toString());
    }

    /** What the index has of it: others may have the same, so the entry itself is compared. */
    long hash() {
        byte[] hash = Digest.sha256().digest((field + "\n" + value).getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(hash).getLong();
    }
}
