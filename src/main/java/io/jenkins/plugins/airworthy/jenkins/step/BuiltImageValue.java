package io.jenkins.plugins.airworthy.jenkins.step;

import io.jenkins.plugins.airworthy.image.name.ImageReference;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

import java.io.Serializable;

/** The result of {@code imageBuild} and {@code imageAdopt} for a Jenkinsfile. */
public final class BuiltImageValue implements Serializable {
    private static final long serialVersionUID = 1;

    private final String digest;
    private final String reference;

    private BuiltImageValue(String digest, String reference) {
        this.digest = digest;
        this.reference = reference;
    }

    /** The value for an image by its digest. */
    static BuiltImageValue of(ImageReference pinned) {
        return new BuiltImageValue(pinned.digest().orElseThrow().toString(), pinned.toString());
    }

    /** {@code sha256:} and 64 digits. */
    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** The reference of the image by its digest. */
    @Whitelisted
    public String getReference() {
        return reference;
    }

    @Whitelisted
    @Override
    public String toString() {
        return reference;
    }
}
