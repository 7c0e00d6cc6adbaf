package io.jenkins.plugins.airworthy.sign.bundle;

import io.jenkins.plugins.airworthy.sign.key.VerificationKey;
import io.jenkins.plugins.airworthy.sign.sigstore.SignedContent;

import java.util.function.Predicate;

/**
 * A signature with the signed content.
 *
 * @param content the content to compare with the entry of a log
 * @param check checks whether a key made the signature
 */
public record SignedBytes(SignedContent content, Predicate<VerificationKey> check) {
    boolean isSignedBy(VerificationKey key) {
        return check.test(key);
    }
}
