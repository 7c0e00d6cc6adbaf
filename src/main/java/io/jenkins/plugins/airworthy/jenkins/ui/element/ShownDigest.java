package io.jenkins.plugins.airworthy.jenkins.ui.element;

import io.jenkins.plugins.airworthy.image.name.Digest;

/**
 * A digest as pages show it.
 *
 * @param full what decides, for a title and for copying
 * @param brief enough for a person to tell two apart
 */
public record ShownDigest(String full, String brief) {
    /** A reference without its digest, for places where the digest stands beside it. */
    public static String nameOf(String reference) {
        int at = reference.indexOf('@');
        return at < 0 ? reference : reference.substring(0, at);
    }

    public static ShownDigest of(Digest digest) {
        return new ShownDigest(digest.toString(), digest.abbreviated());
    }
}
