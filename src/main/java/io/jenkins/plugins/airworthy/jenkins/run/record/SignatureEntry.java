package io.jenkins.plugins.airworthy.jenkins.run.record;

import io.jenkins.plugins.airworthy.image.name.Digest;

import java.time.Instant;

/**
 * A signature that was made and attached.
 *
 * @param payload the digest of the signed statement's bytes
 * @param fingerprint of the public key
 * @param evidence the manifest that holds it in the registry
 */
public record SignatureEntry(
        String predicateType,
        Digest subject,
        Digest payload,
        String keyName,
        String fingerprint,
        Digest evidence,
        Instant at) {}
