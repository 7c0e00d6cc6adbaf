package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

/**
 * Where a result in SARIF is: an image by its digest.
 *
 * @param address a URI
 */
record SarifPlace(String address, String name) {
    private static final String SCHEME = "oci";

    /** The place of what is about no image, but about a run that failed. */
    static final SarifPlace RUN = new SarifPlace("airworthy:run", "airworthy");

    static SarifPlace of(ImageReference image, Digest digest) {
        return of(image.repository() + "@" + digest, image instanceof LayoutReference, digest.toString());
    }

    /** An image of which no digest is known, by the name that was given. */
    static SarifPlace named(String image) {
        return of(image, image.startsWith(SCHEME + ":"), "undecided");
    }

    /** @param otherwise what stands for a name that no URI can have */
    private static SarifPlace of(String name, boolean layout, String otherwise) {
        String whole = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8); // no half characters
        String bare = whole.replaceFirst("^oci:", "");
        try {
            return new SarifPlace(new URI(SCHEME, layout ? bare : "//" + bare, null).toASCIIString(), name);
        } catch (URISyntaxException e) {
            return new SarifPlace(SCHEME + ":" + otherwise, name);
        }
    }
}
