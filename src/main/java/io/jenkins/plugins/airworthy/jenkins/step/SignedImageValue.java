package io.jenkins.plugins.airworthy.jenkins.step;

import io.jenkins.plugins.airworthy.jenkins.run.record.SignatureEntry;
import io.jenkins.plugins.airworthy.jenkins.run.record.SignedImage;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The result of {@code imageSign} and {@code imageAttest} for a pipeline: the image, and what was signed about it. */
public final class SignedImageValue implements Serializable {
    private static final long serialVersionUID = 1;

    private final String digest;
    private final String reference;
    private final ArrayList<String> signed;

    static SignedImageValue of(SignedImage signed) {
        return new SignedImageValue(
                signed.digest().toString(),
                signed.image().toString(),
                signed.signatures().stream().map(SignatureEntry::predicateType).toList());
    }

    SignedImageValue(String digest, String reference, List<String> signed) {
        this.digest = digest;
        this.reference = reference;
        this.signed = new ArrayList<>(signed);
    }

    @Whitelisted
    public String getDigest() {
        return digest;
    }

    /** The image by digest. */
    @Whitelisted
    public String getReference() {
        return reference;
    }

    /** The predicate types of the statements that were signed. */
    @Whitelisted
    public List<String> getSigned() {
        return new ArrayList<>(signed);
    }

    @Override
    @Whitelisted
    public String toString() {
        return reference;
    }
}
