package io.jenkins.plugins.airworthy.jenkins.step;

import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

import java.io.Serializable;

/** The result of {@code imageBuild} for a Jenkinsfile. */
public final class BuiltImageValue implements Serializable {
    private static final long serialVersionUID = 1;

    private final String digest;
    private final String reference;

    BuiltImageValue(String digest, String reference) {
        this.digest = digest;
        this.reference = reference;
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
