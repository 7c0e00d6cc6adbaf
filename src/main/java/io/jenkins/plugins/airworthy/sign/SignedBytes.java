package io.jenkins.plugins.airworthy.sign;

import io.jenkins.plugins.airworthy.sign.sigstore.SignedContent;

import java.util.function.Predicate;

/**
 * A signature together with all that it may be of.
 *
 * @param content to compare with what a log recorded
 * @param check whether a key made the signature
 */
record SignedBytes(SignedContent content, Predicate<VerificationKey> check) {
    boolean isSignedBy(VerificationKey key) {
        return check.test(key);
    }
}
