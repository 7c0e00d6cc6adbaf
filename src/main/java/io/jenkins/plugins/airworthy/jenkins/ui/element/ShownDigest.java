package io.jenkins.plugins.airworthy.jenkins.ui.element;

import io.jenkins.plugins.airworthy.image.name.Digest;

/**
 * A digest as pages show it.
 *
 * @param full the whole digest, for a title and for copying
 * @param brief a short form, enough for a person to distinguish two digests
 */
public record ShownDigest(String full, String brief) {
    /** A reference without its digest, for places that show the digest separately. */
    public static String nameOf(String reference) {
        int at = reference.indexOf('@');
        return at < 0 ? reference : reference.substring(0, at);
    }

    public static ShownDigest of(Digest digest) {
        return new ShownDigest(digest.toString(), digest.abbreviated());
    }
}
