package io.jenkins.plugins.airworthy.image.name;

import io.jenkins.plugins.airworthy.InvalidInputException;
import io.jenkins.plugins.airworthy.document.JsonObject;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest, the only trusted identifier of content. Refuses every other algorithm, upper case and
 * any length but 64 digits, so that the identifier is canonical.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) implements Comparable<Digest> {
    private static final String PREFIX = "sha256:";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("a SHA-256 has 64 lower-case hexadecimal digits");
        }
    }

    /** Reads {@code sha256:<hex>}. */
    public static Digest parse(String text) throws InvalidInputException {
        if (!text.startsWith(PREFIX)
                || !HEX.matcher(text.substring(PREFIX.length())).matches()) {
            throw new InvalidInputException(
                    "'" + text + "' is not a digest: expected sha256: and 64 lower-case hexadecimal digits");
        }
        return new Digest(text.substring(PREFIX.length()));
    }

    /** Returns the digest in a member of a document; errors name the document and the place. */
    public static Digest member(JsonObject json, String name) throws InvalidInputException {
        return inDocument(json, name, json.string(name));
    }

    /** A text of a document read as {@link #parse} does. */
    public static Digest inDocument(JsonObject json, String name, String text) throws InvalidInputException {
        try {
            return parse(text);
        } catch (InvalidInputException e) {
            throw json.error(name, e.getMessage());
        }
    }

    /** Returns the digest of a member that contains only the digits. */
    public static Digest hexMember(JsonObject json, String name) throws InvalidInputException {
        String hex = json.string(name);
        if (!HEX.matcher(hex).matches()) {
            throw json.error(name, "expected 64 lower-case hexadecimal digits");
        }
        return new Digest(hex);
    }

    /** The digest of these bytes. */
    public static Digest of(byte[] content) {
        return new Digest(HexFormat.of().formatHex(sha256().digest(content)));
    }

    /** Returns the digest of a computation, which then starts anew. */
    public static Digest of(MessageDigest finished) {
        return new Digest(HexFormat.of().formatHex(finished.digest()));
    }

    /** A new SHA-256 computation. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** Returns the first twelve digits, for people only; never use them to decide anything. */
    public String abbreviated() {
        return PREFIX + hex.substring(0, 12);
    }

    /** Written out: what a record has by itself is linked at its first use, for longer than a signature is verified. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && hex.equals(that.hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public int compareTo(Digest other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
