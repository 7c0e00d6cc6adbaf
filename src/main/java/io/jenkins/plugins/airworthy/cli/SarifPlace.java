package io.jenkins.plugins.airworthy.cli;

import io.jenkins.plugins.airworthy.image.name.Digest;
import io.jenkins.plugins.airworthy.image.name.ImageReference;
import io.jenkins.plugins.airworthy.image.name.LayoutReference;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a result in SARIF is: an image by its digest.
 *
 * @param address a URI
 */
record SarifPlace(String address, String name) {
    private static final String SCHEME = "oci";

    static SarifPlace of(ImageReference image, Digest digest) {
        String name = image.repository() + "@" + digest;
        String bare = name.replaceFirst("^oci:", "");
        String path = image instanceof LayoutReference ? bare : "//" + bare;
        try {
            return new SarifPlace(new URI(SCHEME, path, null).toASCIIString(), name);
        } catch (URISyntaxException e) {
            return new SarifPlace(SCHEME + ":" + digest, name); // a folder with a name that no URI can have
        }
    }
}
