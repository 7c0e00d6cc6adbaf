package io.jenkins.plugins.airworthy.image.name;

import io.jenkins.plugins.airworthy.InvalidInputException;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A reference to an image: {@code host/path:tag}, {@code host/path@sha256:…} or both for a registry, {@code oci:folder:tag} and
 * so on for an OCI layout folder. There are no defaults: the registry's host and a tag or digest are explicit. Upper case and
 * encoded characters are refused.
 */
public sealed interface ImageReference permits RegistryReference, LayoutReference {
    /** The transport name of layout folders, as skopeo and podman write it. */
    String LAYOUT_PREFIX = "oci:";

    /** Distribution specification, "Pulling manifests". */
    Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    /**
     * Tags that contain evidence about a digest: the list of referrers where a registry has no API for it (distribution
     * specification, "Referrers Tag Schema"), and cosign's tags with a suffix.
     */
    Pattern EVIDENCE_TAG = Pattern.compile("sha(?:256|512)-[0-9a-f]{64,128}(?:\\..*)?");

    /** The longest reference that is read, in characters. */
    int MAX_LENGTH = 4_096;

    Optional<String> tag();

    Optional<Digest> digest();

    /** The name without tag and digest. */
    String repository();

    /** The same repository at a digest, without a tag. */
    ImageReference at(Digest digest);

    /** The same repository at a tag, without a digest. */
    ImageReference tagged(String tag) throws InvalidInputException;

    /**
     * The tag that will point at a new image. Refuses a reference with a digest or without a tag: nothing would name the image, and
     * a registry may delete it. Refuses a tag that is reserved for evidence.
     */
    default String newTag() throws InvalidInputException {
        if (digest().isPresent()) {
            throw new InvalidInputException("the target '" + this
                    + "' has a digest: name the tag that will point at the image, without a digest");
        }
        String tag = tag().orElseThrow(() -> new InvalidInputException("the target '" + this
                + "' has no tag: name the tag that will point at the image, for example " + repository() + ":1.2"));
        if (EVIDENCE_TAG.matcher(tag).matches()) {
            throw new InvalidInputException("the target '" + this
                    + "' is a tag for the evidence of another image, which would be lost: name another tag");
        }
        return tag;
    }

    /** Reads any form. */
    static ImageReference parse(String text) throws InvalidInputException {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidInputException("a reference has at most " + MAX_LENGTH + " characters");
        }
        return text.startsWith(LAYOUT_PREFIX) ? LayoutReference.parse(text) : RegistryReference.parse(text);
    }

    /** {@code :tag} and {@code @digest} as they are there. */
    static String suffix(Optional<String> tag, Optional<Digest> digest) {
        return tag.map(t -> ":" + t).orElse("") + digest.map(d -> "@" + d).orElse("");
    }

    static String requireTag(String tag, String reference) throws InvalidInputException {
        if (!TAG.matcher(tag).matches()) {
            throw new InvalidInputException("'" + reference + "': '" + tag
                    + "' is not a tag: expected letters, digits, '_', '.' and '-' (not first), at most 128");
        }
        return tag;
    }
}
