package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.sign.sigstore.SignedContent;

import java.util.function.Predicate;

/**
 * A signature together with all that it may be of.
 *
 * @param content to compare with what a log recorded
 * @param check whether a key made the signature
 */
public record SignedBytes(SignedContent content, Predicate<VerificationKey> check) {
    boolean isSignedBy(VerificationKey key) {
        return check.test(key);
    }
}
