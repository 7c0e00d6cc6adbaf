package io.jenkins.plugins.airworthy.jenkins.ui;

import io.jenkins.plugins.airworthy.image.Digest;

/**
 * A digest as pages show it.
 *
 * @param full what decides, for a title and for copying
 * @param brief enough for a person to tell two apart
 */
public record ShownDigest(String full, String brief) {
    public static ShownDigest of(Digest digest) {
        return new ShownDigest(digest.toString(), digest.abbreviated());
    }
}
